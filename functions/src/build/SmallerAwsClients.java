import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.File;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.InnerClassesAttribute;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.reflect.AccessFlag;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the AWS service clients of a class path once more, with the operations that are called and
 * no others.
 *
 * <p>Why: the clients hold every operation of their service. In 34 MB we call 17 operations, and
 * EC2's alone has two classes of 1.2 MB each that are loaded at every cold start. The figures
 * before and after stand in functions/pom.xml, beside the step that runs this.
 *
 * <p>How: an operation is a method of a client that speaks of the service's own model, its
 * paginators or its waiters. One that no kept class calls by name is left out of the client; then a
 * class is kept when its name stands in a kept class, in whatever form: as a type, in a descriptor
 * or as text for reflection. Kept from the start is all else on the class path. So only operations
 * go, and what they alone need. No kept method is changed.
 *
 * <p>Usage: java SmallerAwsClients.java CLASS-PATH DIRECTORY
 */
final class SmallerAwsClients {
  private static final String SERVICES = "software/amazon/awssdk/services/";
  private static final Pattern SERVICE_CLASS =
      Pattern.compile("software([/.])amazon\\1awssdk\\1services\\1[\\w$/.]+");
  private static final Pattern CLIENT = Pattern.compile(SERVICES + "\\w+/\\w+Client");
  private static final Pattern OF_AN_OPERATION =
      Pattern.compile(SERVICES + "\\w+/(model|paginators|waiters)/");

  private record Service(String jarName, Map<JarEntry, byte[]> entries) {}

  private final List<Service> services = new ArrayList<>();
  private final Map<String, byte[]> original = new HashMap<>();
  private final List<byte[]> roots = new ArrayList<>();
  private final Set<String> called = new HashSet<>();
  private final Map<String, byte[]> kept = new HashMap<>();
  private final ClassFile smaller;

  public static void main(String[] args) throws IOException {
    SmallerAwsClients clients = new SmallerAwsClients(args[0].split(File.pathSeparator));
    clients.keepWhatIsCalled();
    clients.write(Path.of(args[1]));
  }

  private SmallerAwsClients(String[] classPath) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (String element : classPath) {
      Path path = Path.of(element);
      urls.add(url(path));
      if (Files.isDirectory(path)) {
        readDirectory(path);
      } else {
        readJar(path);
      }
    }
    if (services.isEmpty()) {
      throw new IllegalStateException("no AWS service client in " + String.join(" ", classPath));
    }
    // A new constant pool holds no name of what was left out. It moves the constants' numbers, so
    // the stack maps are made anew, which needs to know the super types.
    smaller =
        ClassFile.of(
            ConstantPoolSharingOption.NEW_POOL,
            ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(
                    new URLClassLoader(urls.toArray(URL[]::new)))));
  }

  private void readDirectory(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        roots.add(Files.readAllBytes(file));
      }
    }
  }

  private void readJar(Path path) throws IOException {
    try (JarFile jar = new JarFile(path.toFile())) {
      Map<JarEntry, byte[]> entries = new LinkedHashMap<>();
      for (JarEntry entry : jar.stream().filter(e -> !e.isDirectory()).toList()) {
        entries.put(entry, jar.getInputStream(entry).readAllBytes());
      }
      if (entries.keySet().stream().anyMatch(e -> e.getName().startsWith(SERVICES))) {
        services.add(new Service(path.getFileName().toString(), entries));
        entries.forEach((entry, bytes) -> original.put(entry.getName(), bytes));
      } else {
        entries.forEach(
            (entry, bytes) -> {
              if (entry.getName().endsWith(".class")) {
                roots.add(bytes);
              }
            });
      }
    }
  }

  // A call that is found late may be of a client that was made smaller before: once more, until a
  // round finds none.
  private void keepWhatIsCalled() {
    int before;
    do {
      before = called.size();
      kept.clear();
      Deque<byte[]> toFollow = new ArrayDeque<>(roots);
      while (!toFollow.isEmpty()) {
        follow(toFollow.pop(), toFollow);
      }
    } while (called.size() > before);
  }

  private void follow(byte[] bytes, Deque<byte[]> toFollow) {
    // Names in class files are ASCII here; what else the file holds does not look like one.
    Matcher names = SERVICE_CLASS.matcher(new String(bytes, ISO_8859_1));
    boolean callsClients = false;
    while (names.find()) {
      String name = names.group().replace('.', '/');
      callsClients |= CLIENT.matcher(name).matches();
      byte[] found = original.get(name + ".class");
      if (found != null && !kept.containsKey(name)) {
        byte[] used = CLIENT.matcher(name).matches() ? withCalledOperations(found) : found;
        kept.put(name, used);
        toFollow.push(used);
      }
    }
    if (callsClients) {
      noteCalls(bytes);
    }
  }

  private void noteCalls(byte[] bytes) {
    ClassFile.of()
        .parse(bytes)
        .constantPool()
        .forEach(
            constant -> {
              if (constant instanceof MemberRefEntry member
                  && CLIENT.matcher(member.owner().asInternalName()).matches()) {
                called.add(member.name().stringValue());
              }
            });
  }

  // Clients are no nested classes and have none; the list names those of all operations' models.
  private byte[] withCalledOperations(byte[] client) {
    return smaller.transformClass(
        smaller.parse(client),
        ClassTransform.dropping(
            element ->
                element instanceof InnerClassesAttribute
                    || element instanceof MethodModel method && notCalled(method)));
  }

  // Private methods are the bodies of the operations' lambdas, and helpers.
  private boolean notCalled(MethodModel method) {
    return !called.contains(method.methodName().stringValue())
        && (OF_AN_OPERATION.matcher(method.methodType().stringValue()).find()
            || method.flags().has(AccessFlag.PRIVATE));
  }

  private void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    for (Service service : services) {
      // The name that `sam build` gives the jar: it copies the class path with the group in front.
      Path file = directory.resolve("software.amazon.awssdk." + service.jarName());
      try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
        for (Map.Entry<JarEntry, byte[]> entry : service.entries().entrySet()) {
          String name = entry.getKey().getName();
          byte[] bytes =
              name.endsWith(".class")
                  ? kept.get(name.substring(0, name.length() - ".class".length()))
                  : entry.getValue();
          if (bytes != null) {
            JarEntry written = new JarEntry(name);
            written.setTime(entry.getKey().getTime());
            jar.putNextEntry(written);
            jar.write(bytes);
          }
        }
      }
    }
  }

  private static URL url(Path path) throws MalformedURLException {
    return path.toUri().toURL();
  }
}
