using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Atrium.Social;

/// <summary>Words of ActivityPub, and how it is answered.</summary>
internal static class Ap
{
    public const string Type = "application/activity+json";
    public const string LinkedType = "application/ld+json";
    public const string Profile = "https://www.w3.org/ns/activitystreams";
    public const string Accept = "application/activity+json, application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"";
    public const string Everyone = Profile + "#Public";

    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What our words mean; written on the outermost object only.</summary>
    public static JsonArray Context => JsonNode.Parse(
        """
        ["https://www.w3.org/ns/activitystreams","https://w3id.org/security/v1","https://w3id.org/did/v1","https://w3id.org/security/multikey/v1",{"toot":"http://joinmastodon.org/ns#","schema":"http://schema.org#","manuallyApprovesFollowers":"as:manuallyApprovesFollowers","sensitive":"as:sensitive","Hashtag":"as:Hashtag","PropertyValue":"schema:PropertyValue","value":"schema:value","discoverable":"toot:discoverable","indexable":"toot:indexable","suspended":"toot:suspended","memorial":"toot:memorial","featured":{"@id":"toot:featured","@type":"@id"},"featuredTags":{"@id":"toot:featuredTags","@type":"@id"},"votersCount":"toot:votersCount","blurhash":"toot:blurhash","focalPoint":{"@container":"@list","@id":"toot:focalPoint"},"alsoKnownAs":{"@id":"as:alsoKnownAs","@type":"@id"},"movedTo":{"@id":"as:movedTo","@type":"@id"}}]
        """)!.AsArray();

    public static string Write(JsonObject node) => node.ToJsonString(Options);

    public static bool IsEveryone(string address) => address is Everyone or "as:Public" or "Public";

    /// <summary>Does the caller ask for ActivityPub rather than a page?</summary>
    public static bool Wanted(HttpRequest request)
    {
        foreach (var accept in request.Headers.Accept)
            foreach (var part in (accept ?? "").Split(','))
            {
                if (part.Contains(Type, StringComparison.OrdinalIgnoreCase) || (part.Contains(LinkedType, StringComparison.OrdinalIgnoreCase) && part.Contains(Profile, StringComparison.OrdinalIgnoreCase))) return true;
                if (part.Contains("text/html", StringComparison.OrdinalIgnoreCase)) return false;
            }

        return false;
    }

    /// <summary>Is this media type one that only a server's own software answers, never an upload?</summary>
    public static bool IsActivityType(string mediaType, string? parameters) =>
        mediaType == Type || (mediaType == LinkedType && parameters is not null && parameters.Contains(Profile, StringComparison.OrdinalIgnoreCase));

    public static IResult Answer(JsonObject node, HttpContext http)
    {
        http.Response.Headers.Vary = "Accept, Signature";
        node.Insert(0, "@context", Context);
        return Results.Text(Write(node), Type);
    }

    /// <summary>At most so many UTF-16 units, never half a character.</summary>
    public static string Cut(string text, int length) => text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    public static JsonArray List(IEnumerable<string> values) => [.. values.Select(v => (JsonNode)v)];
}
