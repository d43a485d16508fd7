package io.peerway.plan.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.value.SecurityGroupId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlipsTest {

  @Test
  void a_slip_is_news_once() {
    Slips slips = Slips.of(List.of(slip(1, "icmq")));
    assertThat(slips.news("", "run-1")).startsWith("sg-00000001: ").contains("\"icmq\"");
    assertThat(slips.news(slips.remembered("", "run-1"), "run-2")).isEmpty();
  }

  @Test
  void to_the_execution_that_is_about_to_tell_it_it_is_news_still() {
    Slips slips = Slips.of(List.of(slip(1, "icmq")));
    String told = slips.remembered("", "run-1");
    assertThat(slips.news(told, "run-1")).isEqualTo(slips.news("", "run-1"));
    assertThat(slips.remembered(told, "run-1")).isEqualTo(told);
  }

  @Test
  void another_slip_is_told_and_the_first_is_not_told_again() {
    String told = Slips.of(List.of(slip(1, "icmq"))).remembered("", "run-1");
    Slips both = Slips.of(List.of(slip(2, "ssh"), slip(1, "icmq")));
    assertThat(both.news(told, "run-2")).startsWith("sg-00000002: ").doesNotContain("icmq");
    assertThat(both.news(both.remembered(told, "run-2"), "run-3")).isEmpty();
  }

  @Test
  void in_whatever_order_they_were_found_they_are_told_by_group() {
    Slips found = Slips.of(List.of(slip(3, "c"), slip(1, "a"), slip(2, "b")));
    assertThat(found.news("", "run-1").lines().map(line -> line.substring(0, 11)))
        .containsExactly("sg-00000001", "sg-00000002", "sg-00000003");
    Slips again = Slips.of(List.of(slip(1, "a"), slip(2, "b"), slip(3, "c")));
    assertThat(found.remembered("", "run-1")).isEqualTo(again.remembered("", "run-1"));
  }

  @Test
  void a_slip_that_was_mended_is_told_when_it_is_made_again() {
    Slips slips = Slips.of(List.of(slip(1, "icmq")));
    String mended = Slips.of(List.of()).remembered(slips.remembered("", "run-1"), "run-2");
    assertThat(mended).isEmpty();
    assertThat(slips.news(mended, "run-3")).isNotEmpty();
  }

  @Test
  void thousands_of_them_fit_into_a_tag_and_a_letter_and_are_told_once() {
    Slips slips =
        Slips.of(IntStream.range(0, 5_000).mapToObj(n -> slip(n, "x".repeat(250))).toList());
    String told = slips.remembered("", "run-1");
    assertThat(told).hasSizeLessThanOrEqualTo(256);
    assertThat(slips.news("", "run-1")).hasSizeLessThan(20_000).contains("4975 groups from");
    assertThat(slips.news(told, "run-2")).isEmpty();
    assertThat(slips.reported())
        .hasSize(11)
        .last()
        .isEqualTo(
            new Slips.Line(new SecurityGroupId("sg-00000010"), "and 4990 groups from this one on"));
  }

  @Test
  void of_many_slips_in_one_tag_some_are_named_and_the_others_counted() {
    List<String> items = List.of("a", "b", "c", "d", "e", "f", "g");
    SecurityGroupId group = new SecurityGroupId("sg-00000001");
    assertThat(new Slip(group, "a,b,c,d,e", items.subList(0, 5), List.of()).inWords())
        .startsWith("peerway:allow=a,b,c,d,e: \"a\", \"b\", \"c\", \"d\", \"e\" cannot be read");
    assertThat(new Slip(group, "a,b,c,d,e,f,g", items, List.of()).inWords())
        .contains("\"d\", \"e\" and 2 more cannot be read");
  }

  @Test
  void a_report_has_room_for_ten() {
    assertThat(Slips.of(IntStream.range(0, 10).mapToObj(n -> slip(n, "icmq")).toList()).reported())
        .hasSize(10)
        .allMatch(line -> line.what().contains("\"icmq\" cannot be read"));
  }

  @Test
  void whatever_stands_in_the_tag_it_is_read() {
    Slips slips = Slips.of(List.of(slip(1, "icmq")));
    assertThat(slips.news("@ @@ \n é", "run-1")).isNotEmpty();
  }

  private static Slip slip(int group, String item) {
    return new Slip(
        new SecurityGroupId("sg-%08d".formatted(group)),
        "tcp/22," + item,
        List.of(item),
        List.of());
  }
}
