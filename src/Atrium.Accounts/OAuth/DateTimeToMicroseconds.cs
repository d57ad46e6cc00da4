using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Atrium.Accounts.OAuth;

/// <summary>OpenIddict keeps its instants as UTC DateTime; on SQLite they lie as the house's do.</summary>
internal sealed class DateTimeToMicroseconds() : ValueConverter<DateTime, long>(
    at => (at.Ticks - DateTime.UnixEpoch.Ticks) / 10,
    us => new DateTime((us * 10) + DateTime.UnixEpoch.Ticks, DateTimeKind.Utc));
