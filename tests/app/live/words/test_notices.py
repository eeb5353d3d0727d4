from __future__ import annotations

from app.live.words.notices import MOST, SHOWN_S, Notices


def test_a_sentence_is_shown_for_a_while() -> None:
    now_s = [5.0]
    notices = Notices(lambda: now_s[0])
    notices.say("recentred")
    assert notices.current() == ["recentred"]
    now_s[0] += SHOWN_S
    assert notices.current() == []


def test_only_the_newest_sentences_are_kept() -> None:
    notices = Notices(lambda: 0.0)
    for number in range(MOST + 2):
        notices.say(str(number))
    assert notices.current() == ["2", "3", "4"]
