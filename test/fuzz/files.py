"""Files as schemathesis sends them: real ones, damaged ones, and any bytes at all."""

import os
from pathlib import Path

import schemathesis
from hypothesis import strategies as st

FOLDER = Path(os.environ["FUZZ_FILES"])
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def files(ending: str) -> st.SearchStrategy[bytes]:
    real = [path.read_bytes() for path in sorted(FOLDER.glob(f"*.{ending}"))]
    cut = [content[: len(content) // 2] for content in real]
    return st.one_of(st.sampled_from(real + cut), st.binary(max_size=2_000))


schemathesis.openapi.media_type(XLSX, files("xlsx"))
schemathesis.openapi.media_type("application/gpx+xml", files("gpx"))
