"""What becomes a term, and what never does."""

from hypothesis import given
from hypothesis import strategies as st

from linli.finding import pinyin, terms
from linli.finding.models import fts_words, ts_words


def test_a_run_of_characters_becomes_neighbouring_pairs():
    assert terms.of_texts(["鼓楼区"])[:3] == ["鼓楼", "楼区", "区"]


def test_a_word_of_two_characters_is_one_exact_term():
    assert terms.question("鼓楼").clauses == ((terms.Phrase(("鼓楼",)),),)


def test_one_character_is_a_prefix():
    assert terms.question("楼").clauses == ((terms.Phrase(("楼",), True),),)


def test_full_width_forms_and_case_do_not_matter():
    assert terms.question("ＷangWei") == terms.question("wangwei")


def test_corrected_surnames_and_places_are_keys():
    wanted = {
        "单田芳": "shantianfang", "仇英": "qiuying", "曾国": "zengguo", "解放": "xiefang", "查良": "zhaliang",
        "区小明": "ouxiaoming", "朝阳区": "chaoyangqu", "东川区": "dongchuanqu", "尉迟恭": "yuchigong",
    }  # fmt: skip
    for word, key in wanted.items():
        assert key in pinyin.keys(word), word


def test_the_general_reading_stays_a_second_key():
    assert "jiefang" in pinyin.keys("解放") and "danweizhengming" in pinyin.keys("单位证明")


def test_initials_and_tails_are_keys():
    assert {"wangwei", "ww", "wei"} <= set(pinyin.keys("王伟"))
    assert "dongchuan" in "".join(key for key in pinyin.keys("云南东川") if key.startswith("dong"))


def test_u_with_dots_is_found_in_three_spellings():
    assert {"lvbu", "lyubu", "lubu"} <= set(pinyin.keys("吕布"))


def test_prose_has_no_pinyin():
    assert pinyin.keys("一" * 17) == []


def test_secret_numbers_never_become_terms():
    text = (
        "身份证530113199003071234和53011319900307123X、530113 19900307 1234，旧证530113900307123，"
        "电话13800138000、+86 138-0013-8001、０８７１－６３１２３４５６，卡6222 0212 3456 7890 123"
    )
    found = terms.of_texts([text])
    assert not [term for term in found if any(letter.isdigit() for letter in term)]
    assert "电话" in found


def test_a_secret_number_finds_nothing():
    assert not terms.question("530113199003071234")
    assert not terms.question("13800138000")


def test_numbers_of_cases_and_buildings_stay():
    found = terms.of_texts(["TY-2026-000123 3号楼2单元 2026年3月2日"])
    assert {"000123", "ty2026000123", "3", "号楼"} <= set(found)


def test_regions_are_named_from_province_down():
    assert terms.region_terms("530113001002") == [
        "¶r53", "¶r5301", "¶r530113", "¶r530113001", "¶r530113001002",
    ]  # fmt: skip
    assert terms.region_term("530113000000") == "¶r530113"
    assert terms.region_term("530000000000") == "¶r53"


@given(st.text(max_size=60))
def test_no_text_can_leave_a_sign_of_a_query_language(text):
    asked = terms.question(text)
    for clause in asked.clauses:
        for phrase in clause:
            assert phrase.terms
            for term in phrase.terms:
                assert term
                assert not set(term) & set("'\"*:&|!()<>\\^+-~ ¶\t\n\0")
    assert bool(fts_words(asked)) == bool(ts_words(asked)) == bool(asked)
