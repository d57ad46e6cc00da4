using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Atrium.Kernel.Http;

/// <summary>
/// What a request says, for protocols whose clients say it in many ways: query, form, multipart and JSON are one tree; names may be spelt as
/// Rails does (<c>ids[]</c>, <c>poll[options][]</c>, <c>fields_attributes[0][name]</c>), in JSON too; numbers and switches may be text. A value
/// sent twice is no error: the last one holds.
/// </summary>
public sealed class LooseParameters
{
    private const int Deepest = 8;
    private const int LongestJson = 2 * 1024 * 1024;
    private readonly JsonObject _root;

    private LooseParameters(JsonObject root, IFormFileCollection? files) => (_root, Files) = (root, files);

    public static LooseParameters Empty { get; } = new([], null);

    /// <summary>Uploaded files; null where there was no multipart body.</summary>
    public IFormFileCollection? Files { get; }

    /// <summary>Names sent, at the top.</summary>
    public IEnumerable<string> Names => _root.Select(p => p.Key);

    /// <exception cref="Refusal">Invalid: the body cannot be read as what it claims to be.</exception>
    public static async Task<LooseParameters> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        var root = new JsonObject();
        foreach (var (name, values) in request.Query) Put(root, name, values);
        if (request.HasFormContentType)
        {
            IFormCollection form;
            try
            {
                form = await request.ReadFormAsync(ct);
            }
            catch (Exception e) when (e is InvalidDataException or FormatException)
            {
                throw Refusal.Invalid("", "The form cannot be read.", "unreadable");
            }

            foreach (var (name, values) in form) Put(root, name, values);
            return new(root, form.Files);
        }

        if (request.HasJsonContentType()) await ReadJsonAsync(request, root, ct);
        return new(root, null);
    }

    public bool Has(string name) => _root.ContainsKey(name);

    /// <summary>Text; null where it was not sent, or sent as null.</summary>
    public string? Text(string name) => TextOf(_root[name]);

    /// <summary>A switch: <c>1</c>, <c>true</c>, <c>True</c>, <c>on</c>, and their opposites; null where it was not sent or is none.</summary>
    public bool? Switch(string name) => Text(name)?.ToLowerInvariant() switch
    {
        "1" or "true" or "on" or "t" or "yes" => true,
        "0" or "false" or "off" or "f" or "no" => false,
        _ => null,
    };

    public long? Number(string name) => long.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A list: <c>name[]</c>, <c>name[0]</c>, a JSON array, or a single value. Empty where it was not sent.</summary>
    public IReadOnlyList<string> List(string name) => [.. Nodes(_root[name]).Select(TextOf).OfType<string>()];

    /// <summary>What stands under a name; null where nothing was sent or it is no object.</summary>
    public LooseParameters? Part(string name) => _root[name] is JsonObject part ? new(part, Files) : null;

    /// <summary>A list of objects, as an array or as a hash with numbers for names.</summary>
    public IReadOnlyList<LooseParameters> Parts(string name) => [.. Nodes(_root[name]).OfType<JsonObject>().Select(p => new LooseParameters(p, Files))];

    /// <summary>The whole as JSON: what a scheduled post remembers.</summary>
    public JsonObject ToJson() => (JsonObject)_root.DeepClone();

    private static async Task ReadJsonAsync(HttpRequest request, JsonObject root, CancellationToken ct)
    {
        if (request.ContentLength > LongestJson) throw Refusal.TooLarge("What was sent is larger than this address takes.");
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync(ct);
        if (string.IsNullOrWhiteSpace(text)) return;
        try
        {
            var node = JsonNode.Parse(text, documentOptions: new() { MaxDepth = 32, AllowTrailingCommas = true });
            if (node is not JsonObject sent) return;
            foreach (var (name, value) in sent.ToList())
            {
                sent.Remove(name);
                Put(root, name, value);
            }
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw Refusal.Invalid("", "The request is not readable as JSON.", "unreadable");
        }
    }

    private static void Put(JsonObject root, string name, StringValues values)
    {
        if (name.EndsWith("[]", StringComparison.Ordinal))
            foreach (var value in values) Put(root, name, JsonValue.Create(value ?? ""));
        else Put(root, name, JsonValue.Create(values.Count > 0 ? values[^1] ?? "" : ""));
    }

    private static void Put(JsonObject root, string name, JsonNode? value)
    {
        var path = Path(name);
        if (path.Count > Deepest) return;
        JsonNode at = root;
        for (var i = 0; i < path.Count; i++)
        {
            var last = i == path.Count - 1;
            JsonNode? child = last ? value : i + 1 < path.Count && path[i + 1].Length == 0 ? new JsonArray() : new JsonObject();
            if (at is JsonArray list)
            {
                // name[][key]: a key that the last object has already begins the next one.
                if (!last && list.LastOrDefault() is JsonObject open && i + 1 < path.Count && !open.ContainsKey(path[i + 1])) at = open;
                else if (last && value is JsonArray many) foreach (var one in many.ToList()) { many.Remove(one); list.Add(one); }
                else
                {
                    list.Add(child);
                    if (!last) at = child!;
                }

                continue;
            }

            var holder = (JsonObject)at;
            if (last) Lay(holder, path[i], child);
            else if (holder[path[i]] is { } there && (there is JsonArray || there is JsonObject) && (there is JsonArray) == (child is JsonArray)) at = there;
            else
            {
                holder[path[i]] = child;
                at = child!;
            }
        }
    }

    // The same name spelt in two ways is one object.
    private static void Lay(JsonObject holder, string name, JsonNode? value)
    {
        if (holder[name] is not JsonObject there || value is not JsonObject more)
        {
            holder[name] = value;
            return;
        }

        foreach (var (key, part) in more.ToList())
        {
            more.Remove(key);
            Lay(there, key, part);
        }
    }

    // a[b][][c] → a, b, "", c
    private static List<string> Path(string name)
    {
        var open = name.IndexOf('[', StringComparison.Ordinal);
        if (open <= 0 || !name.EndsWith(']')) return [name];
        List<string> path = [name[..open]];
        foreach (var part in name[(open + 1)..^1].Split("][")) path.Add(part);
        return path;
    }

    private static IEnumerable<JsonNode?> Nodes(JsonNode? node) => node switch
    {
        null => [],
        JsonArray list => list,
        JsonObject hash when hash.All(p => p.Key.All(char.IsAsciiDigit)) => hash.OrderBy(p => int.Parse("0" + p.Key[..Math.Min(6, p.Key.Length)], CultureInfo.InvariantCulture)).Select(p => p.Value),
        _ => [node],
    };

    private static string? TextOf(JsonNode? node) => node switch
    {
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonValue value => value.ToJsonString(),
        _ => null,
    };
}
