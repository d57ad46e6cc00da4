using System.Text.Json;
using Atrium.Kernel;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests;

/// <summary>How a quote stands, in the word that apps know for it.</summary>
public sealed class QuoteStateTests(SocialHouse house)
{
    [Theory]
    [InlineData("Pending", "pending")]
    [InlineData("Accepted", "accepted")]
    [InlineData("Rejected", "rejected")]
    [InlineData("Revoked", "revoked")]
    [InlineData("Deleted", "deleted")]
    public async Task What_was_decided_of_a_quote_is_told_to_all_and_shows_the_post_only_where_it_was_accepted(string decided, string word)
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var quoted = await ada.TootAsync("Mine", "public");
        var quoting = await QuoteAsync(ben, quoted);
        var (id, state) = (Id<Status>.Parse(quoting), Enum.Parse<QuoteState>(decided));
        await house.InScopeAsync(s => s.GetRequiredService<SocialDb>().Quotes.Where(q => q.QuotingId == id).ExecuteUpdateAsync(set => set.SetProperty(q => q.State, state)));
        foreach (var reader in (Caller[])[ada, ben, house.Stranger()]) Assert.Equal((word, decided == "Accepted"), await SeenAsync(reader, quoting));
        Assert.Equal(decided == "Accepted" ? [quoting] : [], await ada.IdsAsync($"/api/v1/statuses/{quoted}/quotes"));
    }

    [Fact]
    public async Task A_quote_of_what_was_deleted_says_so()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var quoted = await ada.TootAsync("Mine", "public");
        var quoting = await QuoteAsync(ben, quoted);
        (await ada.DeleteAsync($"/api/v1/statuses/{quoted}")).Ok();
        foreach (var reader in (Caller[])[ada, ben, house.Stranger()]) Assert.Equal(("deleted", false), await SeenAsync(reader, quoting));
    }

    [Fact]
    public async Task Who_blocks_a_server_is_told_of_a_quote_from_it_before_all_else_and_nobody_else_is()
    {
        var (ben, cleo, dora) = (await house.PersonAsync("ben"), await house.PersonAsync("cleo"), await house.PersonAsync("dora"));
        var domain = $"{ben.Handle}.example";
        var (far, quoted) = await FarAsync(domain);
        var quoting = await QuoteAsync(ben, quoted);
        // What the other server has not answered yet waits.
        Assert.Equal(("pending", false), await SeenAsync(dora, quoting));
        var id = Id<Status>.Parse(quoting);
        await house.InScopeAsync(s => s.GetRequiredService<SocialDb>().Quotes.Where(q => q.QuotingId == id).ExecuteUpdateAsync(set => set.SetProperty(q => q.State, QuoteState.Accepted)));

        (await cleo.PostAsync($"/api/v1/accounts/{far}/mute")).Ok();
        Assert.Equal("muted_account", (await SeenAsync(cleo, quoting)).State);
        (await cleo.PostAsync("/api/v1/domain_blocks", new { domain })).Ok();
        Assert.Equal("blocked_domain", (await SeenAsync(cleo, quoting)).State);
        Assert.Equal("blocked_domain", (await cleo.GetAsync($"/api/v1/accounts/{await ben.AccountIdAsync()}/statuses")).Ok().Json[0].GetProperty("quote").GetProperty("state").GetString());
        foreach (var reader in (Caller[])[ben, dora, house.Stranger()]) Assert.Equal(("accepted", true), await SeenAsync(reader, quoting));
        (await cleo.DeleteAsync($"/api/v1/domain_blocks?domain={domain}")).Ok();
        (await cleo.PostAsync($"/api/v1/accounts/{far}/unmute")).Ok();
        Assert.Equal(("accepted", true), await SeenAsync(cleo, quoting));
    }

    [Fact]
    public async Task A_quote_of_what_the_reader_may_not_see_is_unauthorized_and_says_no_more()
    {
        var (ada, ben, fan) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("fan"));
        var quoted = await ada.TootAsync("Mine", "public");
        var quoting = await QuoteAsync(ben, quoted);
        await fan.FollowAsync(ada);
        var id = Id<Status>.Parse(quoted);
        await house.InScopeAsync(async s =>
        {
            var db = s.GetRequiredService<SocialDb>();
            var status = await db.Statuses.AsTracking().FirstAsync(p => p.Id == id);
            status.HiddenAt = db.Now;
            return await db.SaveChangesAsync();
        });
        foreach (var reader in (Caller[])[fan, ben, house.Stranger()]) Assert.Equal(("unauthorized", false), await SeenAsync(reader, quoting));
    }

    private static async Task<string> QuoteAsync(Person by, string quoted) => (await by.PostAsync("/api/v1/statuses", new { status = "Look", quoted_status_id = quoted })).Ok()["id"];

    private static async Task<(string State, bool Shown)> SeenAsync(Caller reader, string quoting)
    {
        var quote = (await reader.GetAsync($"/api/v1/statuses/{quoting}")).Ok().Json.GetProperty("quote");
        Assert.Equal(["quoted_status", "state"], quote.Keys());
        return (quote.GetProperty("state").GetString()!, quote.GetProperty("quoted_status").ValueKind == JsonValueKind.Object);
    }

    // Somebody of another server, and what they said to all.
    private async Task<(string Account, string Post)> FarAsync(string domain)
    {
        var account = new Account { Username = "far", UsernameFolded = "far", Domain = domain, Uri = $"https://{domain}/users/far", Url = $"https://{domain}/@far", CreatedAt = TimeProvider.System.GetUtcNow() };
        return await house.InScopeAsync(async s =>
        {
            var db = s.GetRequiredService<SocialDb>();
            return await db.WriteAsync(
                async ct =>
                {
                    var id = await StatusIds.NextAsync(db, ct);
                    db.Accounts.Add(account);
                    db.AccountStats.Add(new() { AccountId = account.Id });
                    db.Statuses.Add(new()
                    {
                        Id = id, AccountId = account.Id, Uri = $"https://{domain}/posts/1", Url = $"https://{domain}/posts/1", IsLocal = false, CreatedAt = db.Now, ConversationId = new(id.Value), ThreadRoot = id,
                        Source = "From afar", Html = "<p>From afar</p>", Plain = "From afar", Visibility = Visibility.Public, Audience = Audience.Public,
                    });
                    db.StatusStats.Add(new() { StatusId = id });
                    return (account.Id.ToString(), id.ToString());
                },
                CancellationToken.None);
        });
    }
}
