using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Atrium.Web;

/// <summary>One operation as the reference shows it.</summary>
public sealed record DocsOperation(
    string Name, string Method, string Path, string Summary, string? Description, string? Scope, string? Rate, IReadOnlyList<DocsParameter> Parameters,
    string? Body, IReadOnlyList<DocsParameter> Fields, IReadOnlyList<DocsAnswer> Answers, string Example)
{
    /// <summary>All operations of a document, in the order of its paths.</summary>
    public static IReadOnlyList<DocsOperation> Read(OpenApiDocument document) =>
    [
        .. from path in document.Paths
           from operation in path.Value.Operations ?? []
           let method = operation.Key.Method.ToUpperInvariant()
           select From(method, path.Key, operation.Value),
    ];

    private static DocsOperation From(string method, string path, OpenApiOperation operation)
    {
        var body = operation.RequestBody?.Content?.FirstOrDefault();
        var shape = body?.Value?.Schema is { } schema ? DocsShape.Of(schema) : null;
        return new(
            operation.OperationId ?? path,
            method,
            path,
            operation.Summary ?? "",
            operation.Description,
            Extension(operation, "x-scope"),
            Extension(operation, "x-rate-class"),
            [.. (operation.Parameters ?? []).Select(p => new DocsParameter(p.Name ?? "", p.In?.ToString().ToLowerInvariant() ?? "", p.Required, DocsShape.Word(p.Schema), p.Description))],
            shape,
            body?.Value?.Schema is { } fields ? DocsShape.Fields(fields) : [],
            [.. (operation.Responses ?? []).OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => new DocsAnswer(
                r.Key, r.Value.Description ?? "", r.Key.StartsWith('2') && r.Value.Content?.Values.FirstOrDefault()?.Schema is { } answer ? DocsShape.Of(answer) : null))],
            Curl(method, path, shape, body?.Key));
    }

    private static string Curl(string method, string path, string? body, string? type) =>
        $"curl -X {method} \"$HOUSE{path}\" -H \"Authorization: Bearer $TOKEN\""
        + (body is null ? "" : type == "application/json" ? $" \\\n  -H \"Content-Type: application/json\" \\\n  -d '{body}'" : " \\\n  -F file=@FILE");

    private static string? Extension(OpenApiOperation operation, string name) =>
        operation.Extensions is { } told && told.TryGetValue(name, out var found) && found is JsonNodeExtension { Node: JsonValue value } ? value.ToString() : null;
}

/// <summary>A parameter of an operation, or a field of its body.</summary>
public sealed record DocsParameter(string Name, string In, bool Required, string Type, string? Description);

/// <summary>What an operation may answer.</summary>
public sealed record DocsAnswer(string Status, string Description, string? Body);

/// <summary>Shows a schema as an example of itself: names, and what stands behind each.</summary>
internal static class DocsShape
{
    private const int Deepest = 5;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(IOpenApiSchema schema) => Node(schema, 0)?.ToJsonString(Indented) ?? "null";

    /// <summary>The type in a word or two.</summary>
    public static string Word(IOpenApiSchema? schema)
    {
        if (schema is null) return "";
        schema = Chosen(schema);
        var values = schema.Enum is { Count: > 0 } listed ? string.Join(" | ", listed.Where(v => v is not null).Select(v => v.ToString())) : null;
        return values ?? Kind(schema) switch
        {
            JsonSchemaType.Array => $"list of {(Word(schema.Items) is { Length: > 0 } items ? items : "any")}",
            { } type => schema.Format is { } format ? $"{type.ToString().ToLowerInvariant()} ({format})" : type.ToString().ToLowerInvariant(),
            null => "any",
        };
    }

    /// <summary>The fields of a body, those within others by their path.</summary>
    public static IReadOnlyList<DocsParameter> Fields(IOpenApiSchema schema) => [.. FieldsOf(schema, "", 0)];

    private static IEnumerable<DocsParameter> FieldsOf(IOpenApiSchema schema, string path, int depth)
    {
        if (depth >= Deepest || Chosen(schema).Properties is not { } properties) yield break;
        foreach (var (name, field) in properties)
        {
            var at = path.Length == 0 ? name : $"{path}.{name}";
            var shown = Chosen(field);
            yield return new(at, "", Chosen(schema).Required?.Contains(name) == true, Word(shown), field.Description ?? shown.Description);
            var inner = Kind(shown) == JsonSchemaType.Array && shown.Items is { } items ? items : shown;
            foreach (var below in FieldsOf(inner, Kind(shown) == JsonSchemaType.Array ? at + "[]" : at, depth + 1)) yield return below;
        }
    }

    /// <summary>Of “this or null”, this.</summary>
    private static IOpenApiSchema Chosen(IOpenApiSchema schema) =>
        schema.OneOf is { Count: > 0 } choices && choices.FirstOrDefault(c => c.Type != JsonSchemaType.Null) is { } first ? first : schema;

    private static JsonNode? Node(IOpenApiSchema schema, int depth)
    {
        if (depth > Deepest) return "…";
        schema = Chosen(schema);
        if (schema.Properties is { Count: > 0 } properties)
            return new JsonObject(properties.Select(p => KeyValuePair.Create(p.Key, Node(p.Value, depth + 1))));
        if (Kind(schema) == JsonSchemaType.Array && schema.Items is { } items) return new JsonArray(Node(items, depth + 1));
        return Word(schema);
    }

    private static JsonSchemaType? Kind(IOpenApiSchema schema) => (schema.Type & ~JsonSchemaType.Null) is { } type && type != default(JsonSchemaType) ? type : null;
}
