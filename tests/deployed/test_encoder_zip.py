"""The encoder's own zip is built for Lambda, fits, and answers with nothing but itself."""

from pathlib import Path

import pytest

from infra.encoder.packing import MOST, figures, pack

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def test_the_zip_fits_lambda_and_hears_a_whisper(tmp_path: Path) -> None:
    pack(tmp_path)
    found = figures(tmp_path)
    assert float(found["encoder unzipped"].split()[0]) * 1_000_000 < MOST
    assert found["encoder says"].startswith("emergency +"), found
