using System.Net;
using System.Web;
using Atrium.Accounts.Data;
using Atrium.Accounts.Tokens;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Accounts.Tests.OAuth;

/// <summary>What ends apps and tokens by itself, and what brings a member back to where they were.</summary>
public sealed class CredentialLifeTests(CredentialHouse house)
{
    [Fact]
    public async Task The_apps_of_a_member_who_was_erased_stop_working()
    {
        using var maker = await house.PersonAsync("maker");
        using var ada = await house.PersonAsync("ada");
        var made = (await maker.PostAsync("/api/accounts/apps", new { name = "Orphan", redirect_uris = new[] { OAuthDance.Redirect } })).Is(HttpStatusCode.Created);
        var app = new OAuthDance(house, made.Json.GetProperty("details").GetProperty("client_id").GetString()!, null);
        var token = (await app.TokensAsync(ada)).GetProperty("access_token").GetString()!;
        (await OAuthDance.CallAsync(house, token)).Is(HttpStatusCode.OK);
        await house.InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<AccountsDb>();
            db.Publish(new MemberErased(maker.Id, maker.Handle));
            return await db.SaveChangesAsync();
        });
        for (var tries = 0; (await OAuthDance.CallAsync(house, token)).Status != HttpStatusCode.Unauthorized; tries++)
        {
            Assert.True(tries < 200, "The token of an app that is gone still works.");
            await house.DrainAsync();
        }

        Assert.Empty((await ada.GetAsync("/api/accounts/grants")).Json.GetProperty("items").EnumerateArray());
        (await ada.PageAsync(app.AuthorizeUrl())).Is(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_token_that_is_over_stands_a_month_for_its_owner_to_see_and_is_swept_then()
    {
        using var ada = await house.PersonAsync("ada");
        foreach (var name in (string[])["Last month", "Yesterday", "For ever"]) (await ada.PostAsync("/api/accounts/tokens", new { name, scopes = new[] { "probe:read" } })).Is(HttpStatusCode.Created);
        var now = house.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        await house.InScopeAsync(async services =>
        {
            var mine = services.GetRequiredService<AccountsDb>().PersonalTokens.Where(t => t.MemberId == ada.Id);
            await mine.Where(t => t.Name == "Last month").ExecuteUpdateAsync(set => set.SetProperty(t => t.ExpiresAt, now.AddDays(-32)));
            return await mine.Where(t => t.Name == "Yesterday").ExecuteUpdateAsync(set => set.SetProperty(t => t.ExpiresAt, now.AddDays(-1)));
        });
        await house.RunRecurringAsync("PruneCredentials");
        Assert.Equal(["For ever", "Yesterday"], (await ada.GetAsync("/api/accounts/tokens")).Json.GetProperty("items").EnumerateArray().Select(t => t.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Who_shall_sign_in_once_more_comes_back_to_the_question_and_the_app_gets_its_code()
    {
        var app = await OAuthDance.RegisterAsync(house);
        using var ada = await house.PersonAsync("ada");
        var away = (await ada.PageAsync(app.AuthorizeUrl("openid", OAuthDance.Redirect, ("prompt", "login")))).Is(HttpStatusCode.Found).Headers["Location"];
        Assert.StartsWith("/settings/prove?next=", away, StringComparison.Ordinal);
        var back = HttpUtility.ParseQueryString(away.Split('?', 2)[1])["next"]!;
        Assert.StartsWith("/oauth/authorize?", back, StringComparison.Ordinal);
        var answer = HttpUtility.ParseQueryString((await OAuthDance.AllowAsync(ada, back)).Query);
        Assert.Equal("back-to-me", answer["state"]);
        (await app.RedeemAsync(answer["code"]!)).Is(HttpStatusCode.OK);
    }
}

/// <summary>A house with a short patience.</summary>
public sealed class ImpatientHouse : TestHouse
{
    public const int Patience = 6;
    public const int Failures = 3;

    protected override IEnumerable<KeyValuePair<string, string?>> Configuration => [new("RateLimits:Write", $"{Patience}"), new("RateLimits:FailedOAuth", $"{Failures}")];
}

public sealed class OAuthLimitTests(ImpatientHouse house) : IClassFixture<ImpatientHouse>
{
    [Fact]
    public async Task The_token_endpoint_is_patient_only_so_long_with_one_address_and_less_with_one_that_guesses()
    {
        using var program = house.Stranger();
        var guesses = await AskAsync(program, ImpatientHouse.Failures + 1, "guess");
        Assert.All(guesses.Take(ImpatientHouse.Failures), a => Assert.Equal(HttpStatusCode.Unauthorized, a.Status));
        Assert.Equal(HttpStatusCode.TooManyRequests, guesses[^1].Status);

        var answers = await AskAsync(program, ImpatientHouse.Patience, "guess");
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1].Status);
        Assert.InRange(int.Parse(answers[^1].Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), 1, 600);
        (await program.GetAsync("/.well-known/openid-configuration")).Ok();
    }

    private static async Task<List<Answer>> AskAsync(Caller program, int times, string client)
    {
        var answers = new List<Answer>();
        for (var i = 0; i < times; i++)
            answers.Add(await program.PostAsync("/oauth/token", new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", client), new("client_secret", $"{i}")])));
        return answers;
    }
}
