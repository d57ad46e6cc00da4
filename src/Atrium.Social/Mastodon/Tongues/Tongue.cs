using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Atrium.Social;

/// <summary>
/// The sentences of one tongue by the English ones that stand in the code; <c>{0}</c> is what was put in, and is said in that tongue too. A tongue is
/// a file beside this one, named by its code.
/// </summary>
internal sealed partial class Tongue
{
    private const string Folder = "tongues/";

    private static readonly FrozenSet<string> Known = typeof(Tongue).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).Select(n => Path.GetFileNameWithoutExtension(n)).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, Lazy<Tongue>> Tongues = Known.ToFrozenDictionary(n => n, n => new Lazy<Tongue>(() => Load(n)), StringComparer.OrdinalIgnoreCase);

    private readonly FrozenDictionary<string, string> _sentences;
    private readonly (Regex English, string Own)[] _filled;
    private readonly CultureInfo _culture;

    private Tongue(string code, IReadOnlyDictionary<string, string> sentences)
    {
        (Code, _culture, _sentences) = (code, CultureInfo.GetCultureInfo(code), sentences.ToFrozenDictionary());
        // The one that says most itself is the one that is meant.
        _filled = [.. sentences.Where(s => s.Key.Contains("{0}", StringComparison.Ordinal)).OrderByDescending(s => s.Key.Length).Select(s => (Shape(s.Key), s.Value))];
    }

    public static Tongue English { get; } = new("en", new Dictionary<string, string>());

    /// <summary>The codes of all that there are beside English.</summary>
    public static IReadOnlyCollection<string> Others => Known;

    /// <summary>As BCP 47 names it.</summary>
    public string Code { get; }

    /// <summary>The English sentences that it has words for.</summary>
    public IReadOnlyDictionary<string, string> Sentences => _sentences;

    /// <summary>The tongue that was asked for: by <c>lang</c>, else by <c>Accept-Language</c>, the dearest first; else English.</summary>
    public static Tongue Of(HttpRequest request, string? lang)
    {
        if (Named(lang) is { } wished) return wished;
        foreach (var language in request.GetTypedHeaders().AcceptLanguage.Where(l => l.Quality != 0).OrderByDescending(l => l.Quality ?? 1))
            if (Named(language.Value.Value) is { } tongue) return tongue;
        return English;
    }

    /// <summary>By its code, with or without a country; null where the house does not speak it.</summary>
    public static Tongue? Named(string? code)
    {
        var plain = code?.Split('-', '_')[0] ?? "";
        return plain.Equals("en", StringComparison.OrdinalIgnoreCase) ? English : Tongues.GetValueOrDefault(plain)?.Value;
    }

    /// <summary>The sentence in this tongue; as it is where there are no words for it.</summary>
    public string Say(string english)
    {
        if (_sentences.TryGetValue(english, out var own)) return own;
        foreach (var (shape, sentence) in _filled)
            if (shape.Match(english) is { Success: true } found)
                return string.Format(CultureInfo.InvariantCulture, sentence, [.. found.Groups.Values.Skip(1).Select(g => Say(g.Value))]);
        // 10,000 is ten to a German.
        return english.AsSpan().ContainsAny(',', '.') && decimal.TryParse(english, NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("#,0.##", _culture) : english;
    }

    private static Tongue Load(string code)
    {
        using var file = typeof(Tongue).Assembly.GetManifestResourceStream($"{Folder}{code}.json")!;
        return new(code, JsonSerializer.Deserialize<Dictionary<string, string>>(file)!);
    }

    private static Regex Shape(string sentence)
    {
        var parts = Hole().Split(sentence).Select(Regex.Escape);
        return new($"^{string.Join("(.+?)", parts)}$", RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromSeconds(1));
    }

    [GeneratedRegex(@"\{[0-9]\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Hole();
}
