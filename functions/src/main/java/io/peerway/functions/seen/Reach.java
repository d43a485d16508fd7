package io.peerway.functions.seen;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.peerway.functions.Json;
import io.peerway.functions.seen.html.Diagnosis;
import io.peerway.functions.seen.html.Links;
import io.peerway.functions.seen.html.Page;
import io.peerway.functions.seen.html.ReachHtml;
import io.peerway.functions.seen.html.ReachHtml.Filled;
import io.peerway.model.port.Doctor;
import io.peerway.model.value.Printable;
import io.peerway.plan.Aws;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The form that asks the doctor. */
record Reach(Aws aws) {
  private static final Set<String> PROTOCOLS = Set.of("tcp", "udp", "icmp");
  private static final int LONGEST = 600;

  /** The answer. What to ask about the doctor checks itself. */
  String asked(Page page, Links links, Filled filled) {
    if (filled.to().isEmpty()) {
      return ReachHtml.refused(
          page, links, filled, "to: an address, an instance id or a peering connection expected");
    }
    if (!PROTOCOLS.contains(filled.protocol())) {
      return ReachHtml.refused(
          page, links, filled, "protocol: tcp, udp or icmp expected, got: " + filled.protocol());
    }
    Map<String, Object> question = new LinkedHashMap<>();
    question.put("to", filled.to());
    question.put("protocol", filled.protocol());
    if (!filled.port().isEmpty()) {
      if (!isPort(filled.port())) {
        return ReachHtml.refused(
            page, links, filled, "port: a number from 1 to 65535 expected, got: " + filled.port());
      }
      question.put("port", Integer.valueOf(filled.port()));
    }
    return switch (aws.doctor().answer(json(question))) {
      case Doctor.Answered(String answer) -> answered(page, links, filled, answer);
      case Doctor.Failed(String error, String cause) ->
          ReachHtml.refused(
              page,
              links,
              filled,
              "The doctor failed: " + Printable.shortened(error + ": " + cause, LONGEST));
    };
  }

  private static String answered(Page page, Links links, Filled filled, String answer) {
    try {
      return ReachHtml.answered(
          page, links, filled, Json.mapper().readValue(answer, Diagnosis.class));
    } catch (JsonProcessingException e) {
      return ReachHtml.refused(
          page,
          links,
          filled,
          "The doctor's answer cannot be read: " + Printable.shortened(answer, LONGEST));
    }
  }

  private static boolean isPort(String text) {
    return text.matches("[1-9][0-9]{0,4}") && Integer.parseInt(text) <= 65_535;
  }

  private static String json(Map<String, Object> question) {
    try {
      return Json.mapper().writeValueAsString(question);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
