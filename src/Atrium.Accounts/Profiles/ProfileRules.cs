using System.Globalization;
using Atrium.Accounts.Model;
using Atrium.Accounts.SigningUp;
using Atrium.Kernel;

namespace Atrium.Accounts.Profiles;

/// <summary>What a profile may say.</summary>
internal static class ProfileRules
{
    public const int LongestBio = 5000;
    public const int MostLinks = 6;
    private const int LongestLabel = 60;
    private const int LongestValue = 500;

    /// <summary>Everything that is wrong with the fields that are set.</summary>
    public static IReadOnlyList<FieldError> Faults(string? name, string? bio, IReadOnlyList<ProfileLink>? links, string? language, string? culture, string? zone)
    {
        FieldError?[] faults =
        [
            name is not null && name.Trim().Length is 0 or > SignUp.LongestName ? new("name", $"A name has 1 to {SignUp.LongestName} characters.", "length") : null,
            bio?.Length > LongestBio ? new("bio", $"At most {LongestBio:N0} characters.", "too_long") : null,
            links?.Count > MostLinks ? new("links", $"At most {MostLinks} links.", "too_many") : null,
            links?.Any(l => l.Label is null or { Length: 0 or > LongestLabel } || l.Value is null or { Length: 0 or > LongestValue }) == true
                ? new("links", $"A link has a label of up to {LongestLabel} characters and an address of up to {LongestValue}.", "length") : null,
            language is not null && !IsCulture(language) ? new("language", "That language is not known, such as en or de.", "unknown") : null,
            culture is not null && !IsCulture(culture) ? new("culture", "That way of writing numbers is not known, such as en-GB or de-DE.", "unknown") : null,
            zone is not null && KnownZone(zone) is null ? new("time_zone", "That time zone is not known, such as Europe/Berlin.", "unknown") : null,
        ];
        return [.. faults.OfType<FieldError>()];
    }

    /// <summary>The zone, if it is an IANA one; else null.</summary>
    public static string? KnownZone(string? zone) => zone is { Length: > 0 } && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) && found.HasIanaId ? zone : null;

    private static bool IsCulture(string name)
    {
        try
        {
            return name.Length > 0 && CultureInfo.GetCultureInfo(name, predefinedOnly: true) is not null;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }
}
