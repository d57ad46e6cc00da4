using System.Net;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Outbox;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Home.Tests;

public sealed class AdminTests(HomeHouse house)
{
    public static TheoryData<string> Lists =>
    [
        "overview", "settings", "permissions", "audit", "outbox", "outbox/dead", "recurring", "mail", "storage",
    ];

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Administration_is_there_for_administrators_alone(string list)
    {
        (await (await house.PersonAsync()).GetAsync($"/api/home/admin/{list}")).Is(HttpStatusCode.NotFound);
        (await (await house.PersonAsync("mod", Role.Moderator)).GetAsync($"/api/home/admin/{list}")).Is(HttpStatusCode.NotFound);
        (await house.Stranger().GetAsync($"/api/home/admin/{list}")).Is(HttpStatusCode.Unauthorized);
        var admin = await house.PersonAsync("admin", Role.Administrator);
        (await admin.GetAsync($"/api/home/admin/{list}")).Ok();
        (await admin.With("home:write").GetAsync($"/api/home/admin/{list}")).Refuses(HttpStatusCode.Forbidden, "insufficient_scope");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/members")]
    [InlineData("/invitations")]
    [InlineData("/settings")]
    [InlineData("/permissions")]
    [InlineData("/audit")]
    [InlineData("/outbox")]
    [InlineData("/recurring")]
    [InlineData("/operations")]
    [InlineData("/mail")]
    [InlineData("/storage")]
    public async Task Administration_pages_are_not_there_for_others(string page)
    {
        (await (await house.PersonAsync()).PageAsync($"/admin{page}")).Is(HttpStatusCode.NotFound);
        var shown = (await (await house.PersonAsync("admin", Role.Administrator)).PageAsync($"/admin{page}")).Ok();
        Assert.Contains("<h1", shown.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_letter_is_seen_sent_again_or_thrown_away()
    {
        var admin = await house.PersonAsync("admin", Role.Administrator);
        var now = TimeProvider.System.GetUtcNow();
        var letter = new OutboxMessage { Event = "sample.gone", Subscriber = "sample/Nobody", Payload = "{}", CreatedAt = now, DueAt = now, Attempts = 12, DeadAt = now, LastError = "Nobody listens" };
        var id = letter.Id;
        await house.InScopeAsync(services =>
        {
            var db = services.GetRequiredService<KernelDb>();
            db.Outbox.Add(letter);
            return db.SaveChangesAsync();
        });
        Assert.Contains((await admin.GetAsync("/api/home/admin/outbox/dead")).Json.GetProperty("items").EnumerateArray(), d => d.GetProperty("id").GetString() == id.ToString());
        (await admin.DeleteAsync($"/api/home/admin/outbox/dead/kernel/{id}")).Is(HttpStatusCode.NoContent);
        (await admin.PostAsync($"/api/home/admin/outbox/dead/kernel/{id}/retry")).Is(HttpStatusCode.NotFound);
        Assert.DoesNotContain((await admin.GetAsync("/api/home/admin/outbox/dead")).Json.GetProperty("items").EnumerateArray(), d => d.GetProperty("id").GetString() == id.ToString());
    }

    [Fact]
    public async Task Settings_are_checked_changed_whole_and_written_down()
    {
        var admin = await house.PersonAsync("admin", Role.Administrator);
        (await admin.PutAsync("/api/home/admin/settings", new { values = new Dictionary<string, string> { ["house.tagline"] = "Half", ["no.such"] = "x" } })).Refuses(HttpStatusCode.UnprocessableEntity, "invalid");
        Assert.DoesNotContain("Half", (await admin.GetAsync("/api/home/admin/settings")).Body, StringComparison.Ordinal);
        (await admin.PutAsync("/api/home/admin/settings", new { values = new Dictionary<string, string> { ["house.tagline"] = "A quiet court" } })).Ok();
        Assert.Contains("A quiet court", (await admin.GetAsync($"/api/home/admin/audit?by={admin.Handle}&act=setting.")).Body, StringComparison.Ordinal);
        (await admin.PutAsync("/api/home/admin/settings", new { values = new Dictionary<string, string> { ["house.tagline"] = "" } })).Ok();
    }

    [Theory]
    [InlineData("UPDATE kernel_audit_entry SET action = 'nothing.happened'")]
    [InlineData("DELETE FROM kernel_audit_entry")]
    public async Task The_audit_log_only_grows(string sql)
    {
        var admin = await house.PersonAsync("admin", Role.Administrator);
        (await admin.PutAsync("/api/home/admin/settings", new { values = new Dictionary<string, string> { ["house.tagline"] = "Written down" } })).Ok();
        var (refused, before, after) = await house.InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<KernelDb>();
            var entries = await db.Audit.CountAsync();
            var error = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRawAsync(sql));
            return (error.Message, entries, await db.Audit.CountAsync(a => a.Action != "nothing.happened"));
        });
        Assert.Contains("the audit log only grows", refused, StringComparison.Ordinal);
        Assert.True(before > 0);
        Assert.True(after >= before);
    }

    [Fact]
    public async Task Recurring_work_runs_when_asked()
    {
        var admin = await house.PersonAsync("admin", Role.Administrator);
        (await admin.PostAsync("/api/home/admin/recurring/home/PruneHome/run")).Ok();
        (await admin.PostAsync("/api/home/admin/recurring/home/NoSuchWork/run")).Is(HttpStatusCode.NotFound);
    }
}
