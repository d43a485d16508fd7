import java.util.Map;
import java.util.TreeMap;

/** Tells what it was given and what its environment says; fails as told, but never in a redrive. */
public final class Probe {
  public Map<String, Object> handleRequest(Map<String, Object> input) throws Exception {
    Object redrives = input.getOrDefault("redriveCount", 0);
    if ("always-until-redriven".equals(input.get("fail")) && !"1".equals(String.valueOf(redrives).replace(".0", ""))) {
      throw new ProbeFailed("told to fail");
    }
    Map<String, Object> answer = new TreeMap<>(input);
    for (String name : new String[] {"AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_EC2", "AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL_SSM",
        "AWS_ENDPOINT_URL_ORGANIZATIONS", "AWS_SDK_UA_APP_ID", "AWS_ACCESS_KEY_ID", "AWS_REGION", "DOCUMENT"}) {
      answer.put(name, System.getenv(name));
    }
    return answer;
  }
}
