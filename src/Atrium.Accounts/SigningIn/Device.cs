namespace Atrium.Accounts.SigningIn;

/// <summary>A browser in words, from its User-Agent: enough for a member to know their own.</summary>
internal static class Device
{
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("Vivaldi", "Vivaldi"), ("SamsungBrowser", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows"), ("Mac OS X", "Mac"), ("Linux", "Linux"),
    ];

    public static string Of(string? userAgent)
    {
        var browser = First(Browsers, userAgent) ?? "A browser";
        return First(Systems, userAgent) is { } system ? $"{browser} on {system}" : browser;
    }

    private static string? First((string Mark, string Name)[] known, string? agent) =>
        known.FirstOrDefault(k => agent?.Contains(k.Mark, StringComparison.Ordinal) == true).Name;
}
