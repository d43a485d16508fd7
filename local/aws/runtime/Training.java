import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Makes every handler of a package and gives it a sample, so that its classes are loaded once. Input: a handler and its sample (JSON) on one
 * line each, in turns; an empty sample where it is only made. Answers with the handlers that could not be made.
 */
public final class Training implements RequestStreamHandler {
  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws java.io.IOException {
    String[] lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1);
    for (int i = 0; i + 1 < lines.length; i += 2) {
      Object handler;
      try {
        handler = Class.forName(lines[i]).getConstructor().newInstance();
      } catch (ReflectiveOperationException | RuntimeException e) {
        out.write((lines[i] + ": " + e + " " + e.getCause() + "\n").getBytes(StandardCharsets.UTF_8));
        continue;
      }
      if (handler instanceof RequestStreamHandler stream && !lines[i + 1].isEmpty()) {
        try {
          byte[] sample = lines[i + 1].getBytes(StandardCharsets.UTF_8);
          stream.handleRequest(new ByteArrayInputStream(sample), new ByteArrayOutputStream(), context);
        } catch (RuntimeException e) { // an account in which there is nothing answers here
          System.out.println(lines[i] + ": " + e);
        }
      }
    }
  }
}
