using System.Globalization;
using Atrium.Accounts.Model;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;

namespace Atrium.Accounts.Profiles;

/// <summary>What a profile may say.</summary>
internal static class ProfileRules
{
    /// <summary>Everything that is wrong with the fields that are set.</summary>
    public static IReadOnlyList<FieldError> Faults(ProfileLimits most, string? name, string? bio, IReadOnlyList<ProfileLink>? links, string? language, string? culture, string? zone)
    {
        FieldError?[] faults =
        [
            name is not null && (name.Trim().Length == 0 || name.Trim().Length > most.Name) ? new("name", $"A name has 1 to {most.Name} characters.", "length") : null,
            bio?.Length > most.Bio ? new("bio", $"At most {most.Bio:N0} characters.", "too_long") : null,
            links?.Count > most.Links ? new("links", $"At most {most.Links} links.", "too_many") : null,
            links?.Any(l => !Fits(l.Label, most.Label) || !Fits(l.Value, most.Value)) == true
                ? new("links", $"A link has a label of up to {most.Label} characters and an address of up to {most.Value}.", "length") : null,
            language is not null && !IsCulture(language) ? new("language", "That language is not known, such as en or de.", "unknown") : null,
            culture is not null && !IsCulture(culture) ? new("culture", "That way of writing numbers is not known, such as en-GB or de-DE.", "unknown") : null,
            zone is not null && KnownZone(zone) is null ? new("time_zone", "That time zone is not known, such as Europe/Berlin.", "unknown") : null,
        ];
        return [.. faults.OfType<FieldError>()];
    }

    /// <summary>The zone, if it is an IANA one; else null.</summary>
    public static string? KnownZone(string? zone) => zone is { Length: > 0 } && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) && found.HasIanaId ? zone : null;

    private static bool Fits(string? text, int most) => text is { Length: > 0 } && text.Length <= most;

    /// <summary>A tongue the house knows, or null.</summary>
    public static string? KnownCulture(string? name) => name is { Length: > 0 } && IsCulture(name) ? name : null;

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
