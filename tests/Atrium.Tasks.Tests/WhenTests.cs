using System.Text.Json;
using Atrium.Kernel;
using NodaTime;

namespace Atrium.Tasks.Tests;

public sealed class WhenTests
{
    private static readonly DateTimeZone Berlin = Zones.Demand("Europe/Berlin");

    [Theory]
    [InlineData("2026-11-23", "2026-11-23T00:00:00Z")]
    [InlineData("2026-11-23T18:00:00", "2026-11-23T18:00:00Z")]
    [InlineData("2026-11-23T18:00:00[Europe/Berlin]", "2026-11-23T17:00:00Z")]
    [InlineData("2026-11-23T17:00:00Z", "2026-11-23T17:00:00Z")]
    public void Text_reads_back_and_sorts_by_its_instant(string text, string sort)
    {
        var when = When.Parse(text);
        Assert.Equal(text, when.ToString());
        Assert.Equal(DateTimeOffset.Parse(sort, System.Globalization.CultureInfo.InvariantCulture), when.Sort);
        var json = JsonSerializer.Serialize(when);
        Assert.Equal(when, JsonSerializer.Deserialize<When>(json));
    }

    [Fact]
    public void Json_has_kind_local_tzid_and_at() =>
        Assert.Equal(
            """{"kind":"zoned","local":"2026-07-01T09:00:00","tzid":"Europe/Berlin","at":"2026-07-01T07:00:00Z"}""",
            JsonSerializer.Serialize(When.Zoned(new(2026, 7, 1, 9, 0), "Europe/Berlin")));

    [Fact]
    public void A_skipped_wall_time_moves_after_the_gap_and_a_doubled_one_is_the_first()
    {
        Assert.Equal(Instant.FromUtc(2026, 3, 29, 1, 30), When.Zoned(new(2026, 3, 29, 2, 30), "Europe/Berlin").Fixed());
        Assert.Equal(Instant.FromUtc(2026, 10, 25, 0, 30), When.Zoned(new(2026, 10, 25, 2, 30), "Europe/Berlin").Fixed());
    }

    [Theory]
    [InlineData("2026-11-23", "2026-11-23T22:59:59Z", false)]
    [InlineData("2026-11-23", "2026-11-23T23:00:00Z", true)]
    [InlineData("2026-11-23T18:00:00", "2026-11-23T16:59:59Z", false)]
    [InlineData("2026-11-23T18:00:00", "2026-11-23T17:00:00Z", true)]
    [InlineData("2026-11-23T18:00:00[America/New_York]", "2026-11-23T17:00:00Z", false)]
    [InlineData("2026-11-23T18:00:00[America/New_York]", "2026-11-23T23:00:00Z", true)]
    public void Overdue_is_judged_where_the_viewer_is(string due, string now, bool overdue) =>
        Assert.Equal(overdue, When.Parse(due).IsOverdue(NodaTime.Text.InstantPattern.General.Parse(now).Value, Berlin));

    [Theory]
    [InlineData("tomorrow")]
    [InlineData("2026-02-30")]
    [InlineData("2026-11-23T25:00")]
    [InlineData("2026-11-23T18:00[Mars/Olympus]")]
    [InlineData("")]
    public void What_is_no_time_is_refused(string text) => Assert.Equal(RefusalKind.Invalid, Assert.Throws<Refusal>(() => When.Parse(text)).Kind);

    [Fact]
    public void Bad_json_is_a_json_error() =>
        Assert.All(["{}", """{"kind":"date"}""", """{"kind":"9","local":"2026-01-01"}""", "[]", """{"kind":"date","local":5}"""], json =>
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<When>(json)));
}
