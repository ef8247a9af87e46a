// Gives a dataset another name, in its records and in what they were read as.
// mode: write
// params: old, new
// returns:
MATCH (s:SourceRecord {dataset: $old})
SET s.dataset = $new, s.readings = [reading IN s.readings | replace(reading, $old, $new)],
    s.earlier_readings = replace(s.earlier_readings, $old, $new)
