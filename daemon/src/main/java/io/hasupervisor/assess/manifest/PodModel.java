package io.hasupervisor.assess.manifest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Quantity;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of the Kubernetes API, by reflection from the classes of a library that is generated
 * from the API's own sources. Only what a manifest touches is loaded; nothing is instantiated.
 */
final class PodModel {
  /** What a field holds. */
  sealed interface Shape {
    /** A text. */
    record Text() implements Shape {}

    /** A whole number. */
    record Int() implements Shape {}

    /** True or false. */
    record Bool() implements Shape {}

    /** A number, or a name that stands for one. */
    record IntOrName() implements Shape {}

    /** An amount such as {@code 250m} or {@code 100Mi}. */
    record Amount() implements Shape {}

    /** A list. */
    record ListOf(Shape item) implements Shape {}

    /** A map with keys of the writer's own. */
    record MapOf(Shape value) implements Shape {}

    /** An object of the API, such as {@code Container}. */
    record Struct(String name) implements Shape {}

    /** Whatever it is, it is taken. */
    record Any() implements Shape {}
  }

  private static final String PACKAGE = "io.fabric8.kubernetes.api.model.";

  private final Map<String, Map<String, Shape>> known = new HashMap<>();

  /** Shapes by field name; empty for an object whose fields nobody lists. */
  synchronized Map<String, Shape> fields(Shape.Struct struct) {
    return known.computeIfAbsent(struct.name(), PodModel::read);
  }

  private static Map<String, Shape> read(String name) {
    Map<String, Shape> fields = new LinkedHashMap<>();
    try {
      ClassLoader loader = PodModel.class.getClassLoader();
      for (Field field : Class.forName(PACKAGE + name, false, loader).getDeclaredFields()) {
        JsonProperty property = field.getAnnotation(JsonProperty.class);
        if (property != null) {
          fields.put(property.value(), shape(field.getGenericType()));
        }
      }
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("the model of the Kubernetes API lacks " + name, e);
    }
    return fields;
  }

  private static Shape shape(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) {
        return new Shape.ListOf(shape(arguments[0]));
      }
      return generic.getRawType() == Map.class
          ? new Shape.MapOf(shape(arguments[1]))
          : new Shape.Any();
    }
    if (type == String.class) {
      return new Shape.Text();
    } else if (type == Integer.class || type == Long.class) {
      return new Shape.Int();
    } else if (type == Boolean.class) {
      return new Shape.Bool();
    } else if (type == IntOrString.class) {
      return new Shape.IntOrName();
    } else if (type == Quantity.class) {
      return new Shape.Amount();
    }
    return type instanceof Class<?> other && other.getName().equals(PACKAGE + other.getSimpleName())
        ? new Shape.Struct(other.getSimpleName())
        : new Shape.Any();
  }
}
