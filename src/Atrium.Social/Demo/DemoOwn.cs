namespace Atrium.Social;

/// <summary>What the people of the demo keep for themselves: lists, drafts, what waits for its hour, filters and tags.</summary>
internal sealed class DemoOwn(ListDesk lists, DraftDesk drafts, ScheduleStatus schedule, FilterDesk filters, FollowTag tags, FeatureTag featured, TimeProvider clock)
{
    public async Task FillAsync(Dictionary<string, Viewer> people, CancellationToken ct)
    {
        var ada = people["ada"];
        var crew = await lists.AddAsync(new("Market crew", RepliesPolicy.Followed, null), ada, ct);
        await lists.PutAsync(crew.Id, [people["emine"].Demand(), people["hugo"].Demand(), people["farah"].Demand()], ada, ct);
        var kitchen = await lists.AddAsync(new("Kitchen", RepliesPolicy.List, null), ada, ct);
        await lists.PutAsync(kitchen.Id, [people["ben"].Demand(), people["greta"].Demand()], ada, ct);

        await drafts.AddAsync(new() { Text = "Winter market, what we learned last year:\n- more hot water\n- fewer extension leads\n- ", Visibility = Visibility.Members }, ada, ct);
        await drafts.AddAsync(new() { Text = "Who keeps the small key?", Poll = new(["Hugo", "The hook by the door"], 3 * 24 * 3600, Multiple: false, HideTotals: false) }, ada, ct);
        var now = clock.GetUtcNow();
        await schedule.AddAsync(new() { Text = "The board meets tonight at seven, in the passage. Bring the rye. #lindenau", Visibility = Visibility.Members }, now.AddDays(2), ada, ct);
        await schedule.AddAsync(new() { Text = "Repair table today, two to five. #repair", Visibility = Visibility.Public }, now.AddDays(5).AddHours(3), ada, ct);

        await filters.AddAsync(new("Football", ["home", "public"], FilterAction.Warn, Expires: false, null, [new(null, "penalty", true, false), new(null, "offside", true, false)]), ada, ct);
        foreach (var tag in (string[])["bread", "garden"]) await tags.HandleAsync(tag, follow: true, ada, ct);
        await featured.HandleAsync("lindenau", on: true, ada, ct);
    }
}
