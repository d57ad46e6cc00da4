using System.Globalization;
using System.Text;

namespace Atrium.Kernel.Text;

/// <summary>
/// A host as readers are shown it: in its own script, unless one of its labels mixes scripts that do not belong together (UTS #39, highly
/// restrictive): then as it goes over the wire, so that <c>аpple.com</c> with a Cyrillic letter does not look like another.
/// </summary>
public static class HostName
{
    /// <summary>Said of a link to such a host.</summary>
    public const string Warning = "This address mixes letters of several scripts";

    private static readonly IdnMapping Mapping = new();

    // The scripts that look like each other or stand together, each by its first and last letter.
    private static readonly (int First, int Last, Script Script)[] Ranges =
    [
        (0x0041, 0x024F, Script.Latin), (0x0370, 0x03FF, Script.Greek), (0x0400, 0x052F, Script.Cyrillic), (0x0530, 0x058F, Script.Armenian), (0x0590, 0x05FF, Script.Hebrew),
        (0x0600, 0x077F, Script.Arabic), (0x0900, 0x0DFF, Script.Indic), (0x0E00, 0x0EFF, Script.Thai), (0x10A0, 0x10FF, Script.Georgian), (0x1100, 0x11FF, Script.Hangul), (0x13A0, 0x13FF, Script.Cherokee),
        (0x1C80, 0x1C8F, Script.Cyrillic), (0x1E00, 0x1EFF, Script.Latin), (0x1F00, 0x1FFF, Script.Greek), (0x2C60, 0x2C7F, Script.Latin), (0x2DE0, 0x2DFF, Script.Cyrillic),
        (0x3040, 0x309F, Script.Kana), (0x30A0, 0x30FF, Script.Kana), (0x3100, 0x312F, Script.Bopomofo), (0x3400, 0x9FFF, Script.Han), (0xA640, 0xA69F, Script.Cyrillic), (0xA720, 0xA7FF, Script.Latin),
        (0xAB30, 0xAB6F, Script.Latin), (0xAC00, 0xD7AF, Script.Hangul), (0xF900, 0xFAFF, Script.Han), (0x20000, 0x3FFFF, Script.Han),
    ];

    private static readonly Script[] Together = [Script.Latin | Script.Han | Script.Kana, Script.Latin | Script.Han | Script.Bopomofo, Script.Latin | Script.Han | Script.Hangul];

    [Flags]
    private enum Script
    {
        None = 0,
        Latin = 1,
        Greek = 2,
        Cyrillic = 4,
        Armenian = 8,
        Hebrew = 16,
        Arabic = 32,
        Indic = 64,
        Thai = 128,
        Georgian = 256,
        Hangul = 512,
        Cherokee = 1024,
        Kana = 2048,
        Bopomofo = 4096,
        Han = 8192,
        Other = 16384,
    }

    /// <param name="host">With or without a port, in either form.</param>
    /// <returns>What to show, and whether it mixes scripts.</returns>
    public static (string Shown, bool Mixed) Of(string host)
    {
        var (name, port) = host.Split(':', 2) is [var before, var after] ? (before, ":" + after) : (host, "");
        if (!name.Contains("xn--", StringComparison.OrdinalIgnoreCase) && Ascii.IsValid(name)) return (host, false);
        try
        {
            var wire = Mapping.GetAscii(name.ToLowerInvariant());
            var own = Mapping.GetUnicode(wire);
            var mixed = own.Split('.').Any(Mixes);
            return ((mixed ? wire : own) + port, mixed);
        }
        catch (ArgumentException)
        {
            // No such name can be asked for: it is shown as it was written.
            return (host, true);
        }
    }

    /// <summary>The host of an address, as words about it may write it otherwise than it is shown; null where there is but one way.</summary>
    /// <returns>How it may be written, how it is shown, and whether it mixes scripts.</returns>
    internal static (string Written, string Shown, bool Mixed)? In(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || (Ascii.IsValid(uri.Host) && !uri.Host.Contains("xn--", StringComparison.OrdinalIgnoreCase))) return null;
        var (shown, mixed) = Of(uri.Host);
        try
        {
            return (mixed ? Mapping.GetUnicode(shown) : Mapping.GetAscii(shown), shown, mixed);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool Mixes(string label)
    {
        var found = label.EnumerateRunes().Aggregate(Script.None, (scripts, rune) => scripts | ScriptOf(rune));
        return found != Script.None && (found & (found - 1)) != 0 && !Together.Any(t => (found & ~t) == 0);
    }

    private static Script ScriptOf(Rune rune)
    {
        if (!Rune.IsLetter(rune)) return Script.None;
        foreach (var (first, last, script) in Ranges)
            if (rune.Value >= first && rune.Value <= last) return script;
        return Script.Other;
    }
}
