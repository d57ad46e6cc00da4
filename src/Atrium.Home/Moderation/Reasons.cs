using Atrium.Kernel;

namespace Atrium.Home;

/// <summary>Whoever is acted upon is told why: there is no act without a reason.</summary>
internal static class Reasons
{
    public static string Check(string? reason, string field = "reason")
    {
        var words = reason?.Trim() ?? "";
        return words.Length is 0 or > Sanction.LongestReason ? throw Refusal.Invalid(field, $"Say why, in at most {Sanction.LongestReason:N0} characters.") : words;
    }
}
