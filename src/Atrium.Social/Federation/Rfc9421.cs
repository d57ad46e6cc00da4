using System.Text.RegularExpressions;

namespace Atrium.Social;

/// <summary>Reads HTTP message signatures (RFC 9421). Components with parameters of their own are not known here, and refuse the signature.</summary>
internal static partial class Rfc9421
{
    public static HttpSignature? Read(SignedMessage message, string input, string signature)
    {
        foreach (Match entry in Inputs().Matches(input))
        {
            var label = entry.Groups["label"].Value;
            var value = Values().Matches(signature).FirstOrDefault(m => m.Groups["label"].Value == label);
            if (value is not null && HttpSignature.Base64(value.Groups["value"].Value) is { } bytes && Read(message, entry, bytes) is { } read) return read;
        }

        return null;
    }

    private static HttpSignature? Read(SignedMessage message, Match entry, byte[] value)
    {
        var parameters = Parameters().Matches(entry.Groups["params"].Value).GroupBy(m => m.Groups["name"].Value).ToDictionary(g => g.Key, g => g.Last().Groups["value"].Value.Trim('"'));
        var algorithm = parameters.GetValueOrDefault("alg", "");
        if (!parameters.TryGetValue("keyid", out var keyId) || algorithm is not ("" or "rsa-v1_5-sha256" or "rsa-pss-sha512" or "ed25519")) return null;
        string[] names = [.. entry.Groups["items"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => n.Trim('"'))];
        List<string> lines = [];
        foreach (var name in names)
        {
            if (Component(message, name) is not { } line) return null;
            lines.Add($"\"{name}\": {line}");
        }

        lines.Add($"\"@signature-params\": ({entry.Groups["items"].Value}){entry.Groups["params"].Value}");
        return new(keyId, [string.Join('\n', lines)], value, HttpSignature.Moment(parameters.GetValueOrDefault("created")), names.ToHashSet(), algorithm);
    }

    private static string? Component(SignedMessage message, string name) => name switch
    {
        "@method" => message.Method.ToUpperInvariant(),
        "@target-uri" => message.Root + message.Path + message.Query,
        "@authority" => message.Authority.ToLowerInvariant(),
        "@scheme" => new Uri(message.Root).Scheme,
        "@request-target" => message.Path + message.Query,
        "@path" => message.Path,
        "@query" => message.Query.Length == 0 ? "?" : message.Query,
        ['@', ..] => null,
        _ => message.Header(name),
    };

    [GeneratedRegex(@"(?<label>[a-z*][a-z0-9_.*-]*)=\((?<items>(?:""[^""\s;]+"" ?)*)\)(?<params>(?:;[a-z]+=(?:""[^""]*""|[0-9]+))*)(?=,|\s*$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Inputs();

    [GeneratedRegex(@"(?<label>[a-z*][a-z0-9_.*-]*)=:(?<value>[A-Za-z0-9+/=]*):", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Values();

    [GeneratedRegex(@";(?<name>[a-z]+)=(?<value>""[^""]*""|[0-9]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Parameters();
}
