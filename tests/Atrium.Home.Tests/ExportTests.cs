using System.IO.Compression;
using System.Net;
using Atrium.Contracts.Accounts;
using Atrium.Kernel.Files;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Home.Tests;

public sealed class ExportTests(HomeHouse house)
{
    [Fact]
    public async Task An_export_holds_every_rooms_part_and_is_its_members_alone()
    {
        var (ada, ben) = (await house.PersonAsync(), await house.PersonAsync());
        await house.TellAsync([ada], "Kept for the export");
        var operation = (await ada.PostAsync("/api/home/export")).Is(HttpStatusCode.Accepted);
        await house.SettledAsync();
        var done = (await ada.GetAsync($"/api/operations/{operation["id"]}")).Ok();
        Assert.True(done["state"] == "finished", done.Body);

        var export = Assert.Single((await ada.GetAsync("/api/home/exports")).Json.EnumerateArray());
        var id = export.GetProperty("id").GetString();
        using var zip = new ZipArchive(new MemoryStream((await ada.GetAsync($"/api/home/exports/{id}")).Ok().Bytes));
        var names = zip.Entries.Select(e => e.FullName).ToList();
        Assert.Contains("account/profile.json", names);
        Assert.Contains("sample/mine.json", names);
        Assert.Contains("sample/escape.txt", names);
        await using var inbox = await zip.GetEntry("home/inbox.json")!.OpenAsync();
        Assert.Contains("Kept for the export", await new StreamReader(inbox).ReadToEndAsync(), StringComparison.Ordinal);

        (await ben.GetAsync($"/api/home/exports/{id}")).Is(HttpStatusCode.NotFound);
        (await house.Stranger().GetAsync($"/api/home/exports/{id}")).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_export_may_be_larger_than_any_upload()
    {
        var ada = await house.PersonAsync();
        var most = house.Services.CreateScope().ServiceProvider.GetRequiredService<FileDesk>().Largest;
        house.Sample.Films[ada.Id] = most + 1024;
        var operation = (await ada.PostAsync("/api/home/export")).Is(HttpStatusCode.Accepted);
        await house.SettledAsync();
        var done = (await ada.GetAsync($"/api/operations/{operation["id"]}")).Ok();
        Assert.True(done["state"] == "finished", done.Body);
        var export = Assert.Single((await ada.GetAsync("/api/home/exports")).Json.EnumerateArray());
        Assert.True(export.GetProperty("length").GetInt64() > most);
        (await ada.GetAsync($"/api/home/exports/{export.GetProperty("id").GetString()}", ("Range", "bytes=0-3"))).Is(HttpStatusCode.PartialContent);
    }

    [Fact]
    public async Task What_was_a_members_alone_is_erased_with_them()
    {
        var ada = await house.PersonAsync();
        await house.TellAsync([ada]);
        (await ada.PutAsync("/api/home/preferences", new { digest_hour = 7 })).Ok();
        (await ada.PostAsync("/api/home/webhooks", new { name = "Mine", url = "https://example.org/x", events = new[] { "*" } })).Ok();
        await house.PublishAsync(new MemberErased(ada.Id, ada.Handle));
        await house.SettledAsync();
        Assert.Empty((await ada.GetAsync("/api/home/inbox")).Json.GetProperty("items").EnumerateArray());
        Assert.Empty((await ada.GetAsync("/api/home/webhooks")).Json.EnumerateArray());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await ada.GetAsync("/api/home/preferences")).Json.GetProperty("digest_hour").ValueKind);
    }
}
