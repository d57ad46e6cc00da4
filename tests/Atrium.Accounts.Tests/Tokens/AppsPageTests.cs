using System.Net;
using System.Text.RegularExpressions;
using Atrium.Accounts.Tests.OAuth;

namespace Atrium.Accounts.Tests.Tokens;

public sealed partial class AppsPageTests(CredentialHouse house)
{
    [Fact]
    public async Task A_token_and_an_app_password_are_shown_once_and_ended_from_the_page()
    {
        using var ada = await house.PersonAsync("ada");
        var made = (await ada.FormAsync("/settings/apps/tokens", ("name", "Night job"), ("days", "30"), ("scopes", "probe:read"), ("scopes", "probe:write"))).Is(HttpStatusCode.OK);
        var token = Token().Match(made.Body).Value;
        (await OAuthDance.CallAsync(house, token, method: HttpMethod.Post)).Is(HttpStatusCode.OK);
        Assert.Equal("no-store", made.Headers["Cache-Control"]);
        var password = (await ada.FormAsync("/settings/apps/passwords", ("name", "Phone"))).Is(HttpStatusCode.OK);
        Assert.Matches("([a-z2-7]{4}-){7}[a-z2-7]{4}", password.Body);

        var page = (await ada.PageAsync("/settings/apps")).Is(HttpStatusCode.OK);
        Assert.DoesNotContain(token, page.Body, StringComparison.Ordinal);
        Assert.Contains("Night job", page.Body, StringComparison.Ordinal);
        (await ada.FormAsync(End().Match(page.Body).Groups[1].Value)).Is(HttpStatusCode.SeeOther);
        (await OAuthDance.CallAsync(house, token)).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_form_that_was_refused_keeps_what_was_typed()
    {
        using var ada = await house.PersonAsync("ada");
        var refused = (await ada.FormAsync("/settings/apps/tokens", ("name", "Night job"), ("days", "30"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("Choose at least one thing it may do.", refused.Body, StringComparison.Ordinal);
        Assert.Contains("value=\"Night job\"", refused.Body, StringComparison.Ordinal);
        var app = (await ada.FormAsync("/settings/developer", ("name", "Tally"), ("kind", "public"), ("redirect_uris", "http://tally.example/back"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("http://tally.example/back", app.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_is_registered_changed_and_deleted_from_the_pages()
    {
        using var ada = await house.PersonAsync("ada");
        using var ben = await house.PersonAsync("ben");
        var made = (await ada.FormAsync("/settings/developer", ("name", "Tally"), ("kind", "confidential"), ("redirect_uris", "https://tally.example/back\r\ntally.app:/back"))).Is(HttpStatusCode.OK);
        Assert.Contains("Client secret", made.Body, StringComparison.Ordinal);
        var path = AppPath().Match(made.Body).Value;
        Assert.Contains("tally.app:/back", (await ada.PageAsync(path)).Is(HttpStatusCode.OK).Body, StringComparison.Ordinal);
        (await ben.PageAsync(path)).Is(HttpStatusCode.NotFound);
        (await ada.FormAsync(path, ("name", "Tally two"), ("kind", "confidential"), ("revision", "1"), ("redirect_uris", "https://tally.example/back"))).Is(HttpStatusCode.SeeOther);
        var stale = (await ada.FormAsync(path, ("name", "Tally three"), ("kind", "confidential"), ("revision", "1"))).Is(HttpStatusCode.PreconditionFailed);
        Assert.Contains("Tally three", stale.Body, StringComparison.Ordinal);
        Assert.Contains("Client secret", (await ada.FormAsync(path + "/secret")).Is(HttpStatusCode.OK).Body, StringComparison.Ordinal);
        (await ada.FormAsync(path + "/deletion")).Is(HttpStatusCode.SeeOther);
        (await ada.PageAsync(path)).Is(HttpStatusCode.NotFound);
    }

    [GeneratedRegex("atr_[A-Za-z0-9_-]{40}")]
    private static partial Regex Token();

    [GeneratedRegex("action=\"(/settings/apps/tokens/[0-9]+/end)\"")]
    private static partial Regex End();

    [GeneratedRegex("/settings/developer/[0-9]+")]
    private static partial Regex AppPath();
}
