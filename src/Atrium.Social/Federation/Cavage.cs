using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Atrium.Social;

/// <summary>HTTP signatures by draft-cavage-http-signatures-12, rsa-sha256: made for all that is sent, and read.</summary>
internal static partial class Cavage
{
    /// <summary>The headers that sign a request: Date, Digest where there is a body, and Signature. Host goes with the request itself.</summary>
    /// <param name="body">Null for a request without one.</param>
    public static IReadOnlyDictionary<string, string> Sign(string method, Uri target, byte[]? body, string? contentType, SigningKey key, DateTimeOffset now)
    {
        var headers = new Dictionary<string, string> { ["Date"] = now.UtcDateTime.ToString("R", CultureInfo.InvariantCulture) };
        List<string> lines = [$"(request-target): {method.ToLowerInvariant()} {target.PathAndQuery}", $"host: {target.Authority}", $"date: {headers["Date"]}"];
        List<string> names = ["(request-target)", "host", "date"];
        if (body is not null)
        {
            headers["Digest"] = "SHA-256=" + Convert.ToBase64String(SHA256.HashData(body));
            lines.AddRange([$"digest: {headers["Digest"]}", $"content-type: {contentType}"]);
            names.AddRange(["digest", "content-type"]);
        }

        using var rsa = RSA.Create();
        rsa.ImportFromPem(key.PrivatePem);
        var signature = Convert.ToBase64String(rsa.SignData(Encoding.UTF8.GetBytes(string.Join('\n', lines)), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        headers["Signature"] = $"keyId=\"{key.KeyId}\",algorithm=\"rsa-sha256\",headers=\"{string.Join(' ', names)}\",signature=\"{signature}\"";
        return headers;
    }

    public static HttpSignature? Read(SignedMessage message, string header)
    {
        var parts = Parameters().Matches(header).GroupBy(m => m.Groups["name"].Value).ToDictionary(g => g.Key, g => g.Last().Groups["value"].Value.Trim('"'));
        if (!parts.TryGetValue("keyId", out var keyId) || !parts.TryGetValue("signature", out var text) || HttpSignature.Base64(text) is not { } value) return null;
        var algorithm = parts.GetValueOrDefault("algorithm", "hs2019").ToLowerInvariant();
        if (algorithm is not ("rsa-sha256" or "hs2019" or "ed25519")) return null;
        var names = parts.GetValueOrDefault("headers", "date").ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        List<string> with = [], without = [];
        foreach (var name in names)
        {
            var line = name switch
            {
                "(request-target)" => $"{message.Method.ToLowerInvariant()} {message.Path}{message.Query}",
                "(created)" => parts.GetValueOrDefault("created"),
                "(expires)" => parts.GetValueOrDefault("expires"),
                _ => message.Header(name),
            };
            if (line is null) return null;
            with.Add($"{name}: {line}");
            without.Add(name == "(request-target)" ? $"{name}: {message.Method.ToLowerInvariant()} {message.Path}" : with[^1]);
        }

        DateTimeOffset? at = names.Contains("(created)") ? HttpSignature.Moment(parts.GetValueOrDefault("created"))
            : names.Contains("date") && DateTimeOffset.TryParse(message.Header("Date"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;
        string[] texts = message.Query.Length == 0 ? [string.Join('\n', with)] : [string.Join('\n', with), string.Join('\n', without)];
        return new(keyId, texts, value, at, names.ToHashSet(), algorithm == "hs2019" ? "" : algorithm);
    }

    [GeneratedRegex(@"(?<name>[A-Za-z]+)\s*=\s*(?<value>""[^""]*""|[0-9]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Parameters();
}
