using System.Diagnostics.CodeAnalysis;
using Atrium.Kernel;
using NodaTime;

namespace Atrium.Tasks;

/// <summary>IANA time zones by name.</summary>
internal static class Zones
{
    public static bool Knows([NotNullWhen(true)] string? tzid) => tzid is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(tzid) is not null;

    public static DateTimeZone Demand(string tzid) =>
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(tzid) ?? throw Refusal.Invalid("tzid", $"“{tzid}” is not a time zone; write one such as Europe/Berlin.", "bad_zone");

    /// <summary>The member's zone, or UTC where they set none we know.</summary>
    public static DateTimeZone Of(Actor actor) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(actor.TimeZone) ?? DateTimeZone.Utc;
}
