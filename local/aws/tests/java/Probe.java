import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;

/** Tells what it was given and what its environment says; fails as told, but never in a redrive. */
public final class Probe {
  public Map<String, Object> handleRequest(Map<String, Object> input) throws Exception {
    Object redrives = input.getOrDefault("redriveCount", 0);
    if ("always-until-redriven".equals(input.get("fail")) && !"1".equals(String.valueOf(redrives).replace(".0", ""))) {
      throw new ProbeFailed("told to fail");
    }
    callSts();
    Map<String, Object> answer = new TreeMap<>(input);
    for (String name : new String[] {"AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_EC2", "AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL_SSM",
        "AWS_ENDPOINT_URL_ORGANIZATIONS", "AWS_SDK_UA_APP_ID", "AWS_ACCESS_KEY_ID", "AWS_REGION", "DOCUMENT"}) {
      answer.put(name, System.getenv(name));
    }
    return answer;
  }

  /** As an SDK would, but for the signature, which nobody checks here. */
  private static void callSts() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(System.getenv("AWS_ENDPOINT_URL_STS")))
            .header("Authorization", "AWS4-HMAC-SHA256 Credential=" + System.getenv("AWS_ACCESS_KEY_ID") + "/20260101/eu-west-1/sts/aws4_request, x")
            .header("X-Amz-Security-Token", System.getenv("AWS_SESSION_TOKEN"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("Action=GetCallerIdentity&Version=2011-06-15"))
            .build();
    HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
  }
}
