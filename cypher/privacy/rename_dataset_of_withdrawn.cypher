// Gives a dataset another name in the rows of it that were withdrawn and kept aside.
// mode: write
// params: old, new
// returns:
MATCH (s:WithdrawnRecord {dataset: $old})
SET s.dataset = $new, s.readings = [reading IN s.readings | replace(reading, $old, $new)],
    s.earlier_readings = replace(s.earlier_readings, $old, $new)
