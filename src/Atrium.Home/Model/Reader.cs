using Atrium.Kernel;

namespace Atrium.Home;

/// <summary>How one member reads: their digest, their quiet hours, and where their inbox stands.</summary>
internal sealed class Reader
{
    public Id<Member> MemberId { get; init; }

    /// <summary>When the inbox last changed: the cursor of its live topic.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>Local hour of the daily digest, 0 to 23; null for none.</summary>
    public int? DigestHour { get; set; }

    /// <summary>First local hour in which no push rings; null for none.</summary>
    public int? QuietFrom { get; set; }

    /// <summary>First local hour in which push rings again.</summary>
    public int? QuietUntil { get; set; }

    /// <summary>When quiet ends, if it is quiet at <paramref name="now"/> in <paramref name="zone"/>; null when push may ring.</summary>
    public DateTimeOffset? QuietEnds(DateTimeOffset now, TimeZoneInfo zone)
    {
        if (QuietFrom is not { } from || QuietUntil is not { } until || from == until) return null;
        var local = TimeZoneInfo.ConvertTime(now, zone);
        var quiet = from < until ? local.Hour >= from && local.Hour < until : local.Hour >= from || local.Hour < until;
        if (!quiet) return null;
        var hours = (until - local.Hour + 24) % 24;
        return now.AddHours(hours == 0 ? 24 : hours).AddMinutes(-local.Minute).AddSeconds(-local.Second);
    }
}
