"""The seven steps: every outcome is reached, nothing stands where nobody comes."""

from collections.abc import Iterator

from gongkai.applications.rules import reply, tree
from gongkai.applications.rules.flow import flow
from gongkai.statutes import law


def ways(name: str, path: str = "") -> Iterator[tuple[str, tree.Answer]]:
    """Every path through the tree with the answer it ends in."""
    for place, answer in enumerate(tree.questions()[name].answers):
        if answer.ask:
            yield from ways(answer.ask, f"{path}{place}")
        else:
            yield f"{path}{place}", answer


def test_every_kind_of_reply_is_reached_and_every_end_is_one() -> None:
    ends = [answer for _path, answer in ways(tree.first())]
    assert {answer.kind for answer in ends if answer.kind} == set(reply.kinds())
    acts = {answer.act for answer in ends if answer.act}
    assert acts == {"ask_supplement", "ask_reasons", "ask_co_producer", "ask_third_party"}
    assert all(flow().rule("registered", act) for act in acts)


def test_no_question_stands_where_nobody_comes_and_each_answer_leads_to_one_thing() -> None:
    asked = {answer.ask for question in tree.questions().values() for answer in question.answers if answer.ask}
    assert asked | {tree.first()} == set(tree.questions())
    for question in tree.questions().values():
        assert law().cite(question.cite).text
        for answer in question.answers:
            assert [bool(answer.ask), bool(answer.act), bool(answer.kind)].count(True) == 1
            assert not answer.cite or answer.basis


def test_a_path_is_walked_and_what_cannot_be_followed_is_left_out() -> None:
    for path, answer in ways(tree.first()):
        walked = tree.walk(path)
        assert (walked.path, walked.answer, walked.question) == (path, answer, None)
        assert tree.walk(f"{path}0").path == path
    assert tree.walk("").question == tree.questions()["clear"]
    assert tree.walk("x9").path == ""
    assert tree.walk("09").path == "0"


def test_the_steps_are_the_seven_of_the_model() -> None:
    assert tree.steps() == ("补不补", "是不是", "谁负责", "有没有", "给不给", "怎么给", "怎么答")
