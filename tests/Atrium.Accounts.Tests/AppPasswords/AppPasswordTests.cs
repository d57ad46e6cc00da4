using System.Net;
using System.Text;
using Atrium.Accounts.Data;
using Atrium.Accounts.Tests.OAuth;
using Atrium.Accounts.Tokens;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Modules;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Accounts.Tests.AppPasswords;

public sealed class AppPasswordTests(CredentialHouse house)
{
    [Fact]
    public async Task An_app_password_works_where_it_is_taken_and_nowhere_else()
    {
        using var ada = await house.PersonAsync("ada");
        var made = await AddAsync(ada);
        Assert.Matches("^([a-z2-7]{4}-){7}[a-z2-7]{4}$", made["password"]);
        Assert.Equal(ada.Handle, made["username"]);

        var seen = (await CallAsync(ada.Handle, made["password"])).Is(HttpStatusCode.OK);
        Assert.Equal((ada.Handle, "Phone"), (seen["handle"], seen["client"]));
        (await CallAsync(ada.Handle.ToUpperInvariant(), made["password"].Replace("-", " ").ToUpperInvariant())).Is(HttpStatusCode.OK);
        foreach (var path in (string[])["/api/probe", "/probe/page", "/api/accounts/tokens"])
            (await CallAsync(ada.Handle, made["password"], path)).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Whoever_shows_nothing_is_asked_for_it()
    {
        using var stranger = house.Stranger();
        var answer = (await stranger.GetAsync("/probe/dav")).Is(HttpStatusCode.Unauthorized);
        Assert.StartsWith("Basic realm=\"Atrium\"", answer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        (await stranger.GetAsync("/probe/dav", ("Authorization", "Basic !!!"))).Is(HttpStatusCode.Unauthorized);
        (await stranger.GetAsync("/probe/dav", ("Authorization", "Basic " + Convert.ToBase64String("nocolon"u8)))).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_member_s_own_password_is_never_taken()
    {
        using var ada = await house.PersonAsync("ada");
        await AddAsync(ada);
        (await CallAsync(ada.Handle, Person.Password)).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Its_use_is_noted_and_its_end_is_at_once()
    {
        using var ada = await house.PersonAsync("ada");
        var made = await AddAsync(ada);
        (await CallAsync(ada.Handle, made["password"])).Is(HttpStatusCode.OK);
        await house.Services.GetRequiredService<LastUses>().FlushAsync(CancellationToken.None);
        var view = (await ada.GetAsync("/api/accounts/app-passwords")).Json.GetProperty("items")[0];
        Assert.Equal("DAVx5/4.4", view.GetProperty("last_user_agent").GetString());
        (await ada.DeleteAsync($"/api/accounts/app-passwords/{view.GetProperty("id").GetString()}")).Is(HttpStatusCode.NoContent);
        (await CallAsync(ada.Handle, made["password"])).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_verified_one_costs_no_statement_for_a_minute()
    {
        using var ada = await house.PersonAsync("ada");
        var made = await AddAsync(ada);
        (await CallAsync(ada.Handle, made["password"])).Is(HttpStatusCode.OK);
        Assert.Equal(0, (await CallAsync(ada.Handle, made["password"])).Is(HttpStatusCode.OK).Statements);
    }

    [Fact]
    public async Task Ten_wrong_ones_a_minute_are_enough()
    {
        using var ada = await house.PersonAsync("ada");
        using var ben = await house.PersonAsync("ben");
        var (right, bens) = (await AddAsync(ada), await AddAsync(ben));
        for (var n = 0; n < 10; n++) (await CallAsync(ada.Handle, $"wrong-{n}")).Is(HttpStatusCode.Unauthorized);
        Assert.True((await CallAsync(ada.Handle, "wrong-again")).Refuses(HttpStatusCode.TooManyRequests, "too_many").Headers.ContainsKey("Retry-After"));
        (await CallAsync(ada.Handle, right["password"])).Is(HttpStatusCode.TooManyRequests);
        (await CallAsync(ben.Handle, bens["password"])).Is(HttpStatusCode.OK);
        house.Forward(TimeSpan.FromSeconds(61));
        (await CallAsync(ada.Handle, right["password"])).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task They_are_derived_from_a_key_beside_the_database()
    {
        using var ada = await house.PersonAsync("ada");
        var password = await house.InScopeAsync(s => s.GetRequiredService<IMemberRegistry>().AddAppPasswordAsync(ada.Id, "Player", CancellationToken.None));
        var derived = await house.InScopeAsync(s => s.GetRequiredService<IAppPasswords>().OfAsync(ada.Handle, CancellationToken.None));
        Assert.Equal([password], derived);

        var key = Path.Combine(house.Services.GetRequiredService<HousePaths>().Keys, "app-passwords.key");
        Assert.Equal(32, new FileInfo(key).Length);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
    }

    [Fact]
    public async Task The_door_answers_who_it_is()
    {
        using var ada = await house.PersonAsync("ada", Role.Moderator);
        var password = (await AddAsync(ada))["password"];
        var actor = await house.InScopeAsync(s => s.GetRequiredService<IAppPasswords>().VerifyAsync(ada.Handle, password, "Player/1", CancellationToken.None));
        Assert.NotNull(actor);
        Assert.Equal((ada.Id, Role.Moderator, "Phone"), (actor.MemberId!.Value, actor.Role, actor.Client));
        Assert.Null(await house.InScopeAsync(s => s.GetRequiredService<IAppPasswords>().VerifyAsync("nobody-here", password, null, CancellationToken.None)));
    }

    private static Task<Answer> AddAsync(Person person) => person.PostAsync("/api/accounts/app-passwords", new { name = "Phone" });

    private async Task<Answer> CallAsync(string handle, string password, string path = "/probe/dav")
    {
        using var app = house.Stranger();
        return await app.GetAsync(path, ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{handle}:{password}"))), ("User-Agent", "DAVx5/4.4"));
    }
}
