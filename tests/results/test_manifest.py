from siting.results.manifest import manifest


def test_manifest_differs_in_nothing_but_timings():
    one = manifest({"a": 1}, {"t": b"x"}, {"candidates": 3}, {"facts": 1.0})
    two = manifest({"a": 1}, {"t": b"x"}, {"candidates": 3}, {"facts": 9.0})
    assert {k for k in one if one[k] != two[k]} == {"timings_s"}
    other = manifest({"a": 2}, {"t": b"y"}, {"candidates": 3}, {})
    assert other["study_sha256"] != one["study_sha256"]
    assert other["inputs_sha256"] != one["inputs_sha256"]
