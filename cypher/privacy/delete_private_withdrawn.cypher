// Deletes rows that were withdrawn and kept aside, of those that only one of these people may use.
// mode: write
// params: ids
// returns:
MATCH (w:WithdrawnRecord)
WHERE w.private_to IN $ids
DETACH DELETE w
