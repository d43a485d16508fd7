package io.peerway.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An endpoint that gives prepared answers, by operation and in their order. It shows that a client
 * writes a request and reads an answer; what AWS does is the local AWS's matter.
 */
public final class CannedAws implements AutoCloseable {
  private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=(\\w+)");

  private record Answer(int status, String body) {}

  /** One request as it arrived: a form of EC2 and STS, or JSON. */
  public record Request(String operation, String body, Headers headers) {

    /** The fields of a form, those that differ from call to call aside. */
    public Map<String, String> form() {
      Map<String, String> fields = new TreeMap<>();
      for (String field : body.split("&")) {
        String[] parts = field.split("=", 2);
        fields.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
      }
      fields.keySet().removeAll(Set.of("Action", "Version", "ClientToken"));
      return fields;
    }

    public String header(String name) {
      return Objects.requireNonNullElse(headers.getFirst(name), "");
    }
  }

  private final Map<String, Queue<Answer>> answers = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Set<String> asked = new ConcurrentSkipListSet<>();
  private final HttpServer server;

  public CannedAws() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Every request, in the order of arrival. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** The operations that were asked for, named as in the API. */
  public Set<String> asked() {
    return asked;
  }

  public void answers(String operation, String body) {
    answers(operation, 200, body);
  }

  public void answers(String operation, int status, String body) {
    answers
        .computeIfAbsent(operation, ignored -> new ConcurrentLinkedQueue<>())
        .add(new Answer(status, body));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      String operation = operation(exchange, body);
      asked.add(operation);
      requests.add(new Request(operation, body, exchange.getRequestHeaders()));
      Answer answer = answers.getOrDefault(operation, new ConcurrentLinkedQueue<>()).poll();
      Answer given =
          answer != null ? answer : new Answer(400, "no answer is prepared for " + operation);
      byte[] bytes = given.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(given.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  // EC2 and STS name it in the form, the others in a header.
  private static String operation(HttpExchange exchange, String body) {
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    if (target != null) {
      return target.substring(target.lastIndexOf('.') + 1);
    }
    Matcher action = ACTION.matcher(body);
    return action.find() ? action.group(1) : "unnamed";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
