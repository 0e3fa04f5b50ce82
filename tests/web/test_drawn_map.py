"""The map as the server draws it."""

from math import floor

from chalicelib.web.drawn_map import HIGH, WIDE, around, dot, labels, outline, tiles, world

UTRECHT = (52.09, 5.12)
ENSCHEDE = (52.22, 6.89)
PATTERN = "https://tiles.example/{z}/{x}/{y}.png"


def test_all_points_are_in_the_picture() -> None:
    frame = around([UTRECHT, ENSCHEDE])
    assert frame.shows(*UTRECHT)
    assert frame.shows(*ENSCHEDE)
    assert frame.at(*UTRECHT)[0] < frame.at(*ENSCHEDE)[0]
    assert frame.at(*UTRECHT)[1] > frame.at(*ENSCHEDE)[1]


def test_one_point_stands_in_the_middle_with_a_town_around_it() -> None:
    frame = around([UTRECHT])
    assert frame.at(*UTRECHT) == (WIDE / 2, HIGH / 2)
    assert 500 < frame.metres(10_000, UTRECHT[0]) < WIDE


def test_without_reports_the_country_is_shown() -> None:
    frame = around([])
    assert frame.shows(*UTRECHT)
    assert frame.shows(*ENSCHEDE)


def test_a_border_is_drawn_only_where_it_is_seen() -> None:
    square = [(52.0, 5.0), (52.0, 5.3), (52.2, 5.3), (52.2, 5.0)]
    assert outline([square], around([UTRECHT])).startswith("M")
    assert outline([square], around([ENSCHEDE])) == ""


def test_names_do_not_stand_across_each_other() -> None:
    frame = around([UTRECHT])
    found = labels([("Utrecht", *UTRECHT), ("Overvecht", 52.091, 5.121)], frame)
    assert [one.name for one in found] == ["Utrecht"]


def test_more_reports_make_a_larger_dot() -> None:
    assert dot(1, 40) < dot(20, 40) < dot(40, 40)


def test_tiles_cover_the_picture_only_where_a_setting_names_them() -> None:
    frame = around([UTRECHT])
    assert tiles("", frame) == []
    found = tiles(PATTERN, frame)
    assert min(one.x for one in found) <= 0 <= WIDE <= max(one.x + one.size for one in found)
    assert min(one.y for one in found) <= 0 <= HIGH <= max(one.y + one.size for one in found)
    zoom = int(found[0].address.split("/")[3])
    x, y = (floor(part * 2**zoom) for part in world(*UTRECHT))
    (middle,) = (one for one in found if one.address.endswith(f"/{x}/{y}.png"))
    assert middle.x <= WIDE / 2 <= middle.x + middle.size
    assert middle.y <= HIGH / 2 <= middle.y + middle.size
