using System.Net;
using System.Text.RegularExpressions;
using Atrium.Testing;
using NodaTime;

namespace Atrium.Tasks.Tests;

/// <summary>The daily agenda comes by mail at the hour a member chose, as a list, once, and never empty.</summary>
public sealed partial class AgendaTests(ClockHouse house)
{
    [Fact]
    public async Task The_agenda_comes_once_at_the_chosen_hour_of_the_members_own_day_and_ends_by_its_link()
    {
        var (ada, idle, without) = (await house.PersonAsync("agenda", timeZone: "Asia/Tokyo"), await house.PersonAsync("idle", timeZone: "Asia/Tokyo"), await house.PersonAsync("without", timeZone: "Asia/Tokyo"));
        foreach (var person in new[] { ada, idle }) (await person.PutAsync("/api/tasks/agenda", new { hour = 18 })).Ok();
        (await ada.PutAsync("/api/tasks/agenda", new { hour = 24 })).Refuses(HttpStatusCode.UnprocessableEntity, "invalid");
        var project = await house.NewProjectAsync(ada, without);
        var today = Instant.FromDateTimeOffset(house.Time.GetUtcNow()).InZone(Zones.Demand("Asia/Tokyo")).Date.PlusDays(2);
        foreach (var (title, days) in new[] { ("Long over", -1), ("For today", 0), ("Soon", 5), ("Much later", 20) })
            await house.NewTaskAsync(project, ada, title, (t, by) =>
            {
                t.Schedule(null, When.Date(today.PlusDays(days)), by);
                t.Assign([ada.Id, without.Id], by);
            });

        // 17:59 in Tokyo, then 18:01.
        await AtAsync(today, new(17, 59));
        Assert.Empty(await AgendasAsync(ada));
        await AtAsync(today, new(18, 1));
        await Task.WhenAll(house.RunRecurringAsync(nameof(SendAgendas)), house.RunRecurringAsync(nameof(SendAgendas)));
        var mail = Assert.Single(await AgendasAsync(ada));
        var text = mail.TextBody!;
        Assert.True(text.IndexOf("Long over", StringComparison.Ordinal) < text.IndexOf("For today", StringComparison.Ordinal) && text.IndexOf("For today", StringComparison.Ordinal) < text.IndexOf("Soon", StringComparison.Ordinal), text);
        Assert.Contains("overdue: 1, today: 1, next seven days: 1", text);
        Assert.DoesNotContain("Much later", text);
        Assert.Matches("- For today\n  http.*/tasks/t/", text.ReplaceLineEndings("\n"));
        Assert.Empty(await AgendasAsync(idle));
        Assert.Empty(await AgendasAsync(without));

        // One click of a mail program, without signing in.
        var stop = new Uri(StopLink().Match(mail.Headers["List-Unsubscribe"]!).Value).PathAndQuery;
        using var stranger = house.Stranger();
        (await stranger.PostAsync("/tasks/agenda/stop?key=nonsense")).Is(HttpStatusCode.NotFound);
        (await stranger.PostAsync(stop, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]))).Ok();
        await AtAsync(today.PlusDays(1), new(19, 0));
        Assert.Single(await AgendasAsync(ada));
    }

    private async Task AtAsync(LocalDate day, LocalTime time)
    {
        var to = (day + time).InZoneLeniently(Zones.Demand("Asia/Tokyo")).ToDateTimeOffset();
        if (to > house.Time.GetUtcNow()) house.Time.SetUtcNow(to);
        await house.RunRecurringAsync(nameof(SendAgendas));
    }

    private async Task<IReadOnlyList<MimeKit.MimeMessage>> AgendasAsync(Person person) =>
        [.. (await house.MailToAsync($"{person.Handle}@example.org")).Where(m => m.Subject!.StartsWith("Your tasks", StringComparison.Ordinal))];

    [GeneratedRegex("http[^>]+", RegexOptions.NonBacktracking)]
    private static partial Regex StopLink();
}
