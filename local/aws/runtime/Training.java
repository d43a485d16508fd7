import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/**
 * Makes every handler of a package and gives it a sample, so that its classes are loaded once. Input: the SDK's classes of what is asked and
 * answered, on one line; then a handler and its sample (JSON) on one line each, in turns; an empty sample where it is only made. Answers with
 * the handlers that could not be made.
 */
public final class Training implements RequestStreamHandler {
  private final Set<Class<?>> known = new HashSet<>();

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    String[] lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1);
    for (int i = 1; i + 1 < lines.length; i += 2) {
      Object handler;
      try {
        handler = Class.forName(lines[i]).getConstructor().newInstance();
      } catch (ReflectiveOperationException | RuntimeException e) {
        out.write((lines[i] + ": " + e + " " + e.getCause() + "\n").getBytes(StandardCharsets.UTF_8));
        continue;
      }
      if (!lines[i + 1].isEmpty()) {
        byte[] sample = lines[i + 1].getBytes(StandardCharsets.UTF_8);
        try {
          handle(handler, new ByteArrayInputStream(sample), context);
        } catch (RuntimeException e) { // an account in which there is nothing answers here
          System.out.println(lines[i] + ": " + e);
        }
      }
    }
    for (String name : lines[0].split(" ")) {
      learn(name);
    }
  }

  private static void handle(Object handler, InputStream sample, Context context) throws IOException {
    if (handler instanceof RequestStreamHandler stream) {
      stream.handleRequest(sample, new ByteArrayOutputStream(), context);
    } else if (handler instanceof RequestHandler<?, ?>) {
      // Lambda reads the event before it calls such a handler.
      for (Method method : handler.getClass().getMethods()) {
        if (method.getName().equals("handleRequest") && !method.isBridge()) {
          LambdaEventSerializers.serializerFor(method.getParameterTypes()[0], Training.class.getClassLoader()).fromJson(sample);
        }
      }
    }
  }

  /** That account answers with no resource: what the SDK has of each is looked up here. */
  private void learn(String name) {
    try {
      learn((SdkPojo) Class.forName(name).getMethod("builder").invoke(null));
    } catch (ReflectiveOperationException e) {
      // An action of IAM's that is no operation of the API.
    }
  }

  private void learn(SdkPojo shape) {
    if (known.add(shape.getClass())) {
      shape.sdkFields().forEach(this::learn);
    }
  }

  private void learn(SdkField<?> field) {
    if (field.containsTrait(ListTrait.class)) {
      learn(field.getTrait(ListTrait.class).memberFieldInfo());
    } else if (field.containsTrait(MapTrait.class)) {
      learn(field.getTrait(MapTrait.class).valueFieldInfo());
    } else if (field.constructor() != null) {
      learn(field.constructor().get());
    }
  }
}
