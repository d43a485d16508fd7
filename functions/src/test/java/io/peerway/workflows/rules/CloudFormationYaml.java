package io.peerway.workflows.rules;

import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** YAML as CloudFormation reads it: whatever has a tag of its own becomes an {@link Intrinsic}. */
final class CloudFormationYaml extends SafeConstructor {

  static Map<?, ?> read(String text) {
    return new Yaml(new CloudFormationYaml()).load(text);
  }

  private CloudFormationYaml() {
    super(options());
    yamlMultiConstructors.put("!", new Tagged());
  }

  private static LoaderOptions options() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    // The template repeats its statements by alias; the limit is meant for strangers' files.
    options.setMaxAliasesForCollections(1000);
    return options;
  }

  private final class Tagged extends AbstractConstruct {
    @Override
    public Object construct(Node node) {
      return new Intrinsic(
          node.getTag().getValue().substring(1),
          switch (node) {
            case ScalarNode scalar -> scalar.getValue();
            case SequenceNode sequence -> constructSequence(sequence);
            case MappingNode mapping -> constructMapping(mapping);
            default -> throw new IllegalStateException("unexpected " + node);
          });
    }
  }
}
