package io.peerway.workflows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** template.yaml as a tree of maps; <code>!Ref X</code> and its like are read as plain values. */
record Template(Map<String, Object> tree) {

  static Template hub() {
    Yaml yaml = new Yaml(new TagsIgnored());
    try {
      return new Template(yaml.load(Files.readString(Path.of("..", "template.yaml"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The properties of every resource of a type, by logical id. */
  Map<String, Map<String, Object>> resources(String type) {
    Map<String, Map<String, Object>> found = new TreeMap<>();
    map(tree.get("Resources"))
        .forEach(
            (id, resource) -> {
              if (type.equals(map(resource).get("Type"))) {
                found.put(id, map(map(resource).get("Properties")));
              }
            });
    return found;
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }

  private static final class TagsIgnored extends SafeConstructor {

    TagsIgnored() {
      super(new LoaderOptions());
      yamlMultiConstructors.put("!", new Plain());
    }

    private final class Plain extends AbstractConstruct {
      @Override
      public Object construct(Node node) {
        return switch (node) {
          case ScalarNode scalar -> scalar.getValue();
          case SequenceNode sequence -> constructSequence(sequence);
          case MappingNode mapping -> constructMapping(mapping);
          default -> throw new IllegalStateException("unexpected node " + node);
        };
      }
    }
  }
}
