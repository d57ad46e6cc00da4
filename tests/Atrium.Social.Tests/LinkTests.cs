using System.Text.Json;
using Atrium.Social.Tests.Federation;
using Atrium.Testing;

namespace Atrium.Social.Tests;

/// <summary>Links of profiles to pages that do not answer at first.</summary>
public sealed class LinkTests : IAsyncLifetime
{
    private readonly PatientHouse _house = new();

    public ValueTask InitializeAsync() => _house.InitializeAsync();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task A_page_that_was_away_is_looked_at_again_within_hours()
    {
        var (ada, away) = (await _house.PersonAsync("ada"), true);
        await using var site = await FarEnd.StartAsync(http =>
        {
            http.Response.ContentType = "text/html";
            http.Response.StatusCode = away ? 503 : 200;
            return Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(http.Response, $"<a rel='me' href='{_house.Url}/@{ada.Handle}'>me</a>");
        });
        (await ada.PatchAsync("/api/v1/accounts/update_credentials", new { fields_attributes = new[] { new { name = "Mine", value = site.Address.GetLeftPart(UriPartial.Authority) + "/me" } } })).Ok();
        await _house.DrainAsync();
        Assert.False(await VerifiedAsync(ada));

        _house.Time.Advance(TimeSpan.FromMinutes(6));
        await _house.DrainAsync();
        Assert.False(await VerifiedAsync(ada));

        away = false;
        _house.Time.Advance(TimeSpan.FromMinutes(30));
        await _house.DrainAsync();
        Assert.False(await VerifiedAsync(ada));
        _house.Time.Advance(TimeSpan.FromMinutes(31));
        await _house.DrainAsync();
        Assert.True(await VerifiedAsync(ada));
    }

    private static async Task<bool> VerifiedAsync(Person person) =>
        (await person.GetAsync("/api/v1/accounts/verify_credentials")).Ok().Json.GetProperty("fields")[0].GetProperty("verified_at").ValueKind == JsonValueKind.String;
}
