using System.Net;
using System.Text.Json;
using Atrium.Kernel;
using Atrium.Testing;
using NetVips;

namespace Atrium.Social.Tests;

/// <summary>The house's own emoji, and what it tells everyone.</summary>
public sealed class EmojiTests(SocialHouse house)
{
    [Fact]
    public async Task An_emoji_stands_in_names_posts_and_polls_until_it_is_switched_off()
    {
        var (admin, ada) = (await house.PersonAsync("admin", Role.Administrator), await house.PersonAsync("ada"));
        var code = "cat_" + ada.Handle;
        var made = (await AddAsync(admin, code, "Animals")).Is(HttpStatusCode.Created);
        (await AddAsync(admin, code, "Animals")).Refuses(HttpStatusCode.UnprocessableEntity, "taken");
        (await AddAsync(admin, "no good", null)).Refuses(HttpStatusCode.UnprocessableEntity, "malformed");
        (await AddAsync(ada, "mine", null)).Is(HttpStatusCode.NotFound);

        var picked = (await ada.GetAsync("/api/v1/custom_emojis")).Ok().Json.EnumerateArray().Single(e => e.GetProperty("shortcode").GetString() == code);
        Assert.Equal(["category", "shortcode", "static_url", "url", "visible_in_picker"], picked.Keys());
        Assert.Equal("Animals", picked.GetProperty("category").GetString());
        Assert.StartsWith("image/", (await house.Stranger().GetAsync(picked.GetProperty("url").GetString()![house.Url.Length..])).Ok().Headers["Content-Type"], StringComparison.Ordinal);

        (await ada.PatchAsync("/api/v1/accounts/update_credentials", new { display_name = $"Ada :{code}:" })).Ok();
        var post = (await ada.PostAsync("/api/v1/statuses", new { status = $"look :{code}: not:{code}:this :nothing:", spoiler_text = $":{code}:" })).Ok();
        Assert.Equal([code], post.Json.GetProperty("emojis").EnumerateArray().Select(e => e.GetProperty("shortcode").GetString()!));
        Assert.Equal([code], post.Json.GetProperty("account").GetProperty("emojis").EnumerateArray().Select(e => e.GetProperty("shortcode").GetString()!));
        var page = (await ada.PageAsync($"/@{ada.Handle}/{post["id"]}")).Ok().Body;
        Assert.True(page.Split("class=\"emoji\"").Length > 3, "name, warning and words show the picture");
        Assert.Contains($"not:{code}:this", page, StringComparison.Ordinal);

        (await admin.PatchAsync($"/api/social/emoji/{made["id"]}", new { disabled = true })).Ok();
        Assert.DoesNotContain(code, (await ada.GetAsync("/api/v1/custom_emojis")).Ok().Body, StringComparison.Ordinal);
        (await house.Stranger().GetAsync(picked.GetProperty("url").GetString()![house.Url.Length..])).Is(HttpStatusCode.NotFound);
        Assert.Empty((await ada.PostAsync("/api/v1/statuses", new { status = $"again :{code}:" })).Ok().Json.GetProperty("emojis").EnumerateArray());
        (await admin.DeleteAsync($"/api/social/emoji/{made["id"]}")).Ok();
        (await admin.DeleteAsync($"/api/social/emoji/{made["id"]}")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_announcement_is_read_answered_waved_away_and_taken_back()
    {
        var (admin, ada, ben) = (await house.PersonAsync("admin", Role.Administrator), await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var code = "party_" + ada.Handle;
        (await AddAsync(admin, code, null)).Is(HttpStatusCode.Created);
        (await ada.PostAsync("/api/social/announcements", new { text = "mine" })).Is(HttpStatusCode.NotFound);
        (await admin.PostAsync("/api/social/announcements", new { text = " " })).Is(HttpStatusCode.UnprocessableEntity);
        var made = (await admin.PostAsync("/api/social/announcements", new { text = $"**Party** for {ada.Handle} :{code}:", starts_at = DateTimeOffset.UtcNow.AddDays(1), ends_at = DateTimeOffset.UtcNow.AddDays(2), all_day = true })).Is(HttpStatusCode.Created);
        Assert.DoesNotContain(made["id"], await ada.IdsAsync("/api/v1/announcements"));
        (await ada.PutAsync($"/api/v1/announcements/{made["id"]}/reactions/👍")).Is(HttpStatusCode.NotFound);

        (await admin.PutAsync($"/api/social/announcements/{made["id"]}/publication")).Ok();
        foreach (var sign in (string[])["👍", code]) (await ada.PutAsync($"/api/v1/announcements/{made["id"]}/reactions/{Uri.EscapeDataString(sign)}")).Ok();
        (await ben.PutAsync($"/api/v1/announcements/{made["id"]}/reactions/{Uri.EscapeDataString("👍")}")).Ok();
        (await ben.PutAsync($"/api/v1/announcements/{made["id"]}/reactions/nonsense")).Is(HttpStatusCode.UnprocessableEntity);
        (await ben.PutAsync($"/api/v1/announcements/{made["id"]}/reactions/{Uri.EscapeDataString("<b>")}")).Is(HttpStatusCode.UnprocessableEntity);
        var shown = (await ben.GetAsync("/api/v1/announcements")).Ok().Json.EnumerateArray().Single(a => a.GetProperty("id").GetString() == made["id"]);
        Assert.Equal(["all_day", "content", "emojis", "ends_at", "id", "mentions", "published_at", "reactions", "read", "starts_at", "statuses", "tags", "updated_at"], shown.Keys());
        Assert.Contains("<strong>Party</strong>", shown.GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.Equal([code], shown.GetProperty("emojis").EnumerateArray().Select(e => e.GetProperty("shortcode").GetString()!));
        Assert.Equal([("👍", 2, true), (code, 1, false)], shown.GetProperty("reactions").EnumerateArray().Select(r => (r.GetProperty("name").GetString()!, r.GetProperty("count").GetInt32(), r.GetProperty("me").GetBoolean())));
        Assert.Equal(JsonValueKind.String, shown.GetProperty("reactions")[1].GetProperty("url").ValueKind);
        Assert.Contains("Party", (await ben.PageAsync("/social")).Ok().Body, StringComparison.Ordinal);

        (await ben.FormAsync($"/social/announcements/{made["id"]}", ("unreact", "👍"))).Is(HttpStatusCode.SeeOther);
        (await ben.PostAsync($"/api/v1/announcements/{made["id"]}/dismiss")).Ok();
        Assert.DoesNotContain(made["id"], await ben.IdsAsync("/api/v1/announcements"));
        Assert.Contains(made["id"], await ben.IdsAsync("/api/v1/announcements?with_dismissed=true"));
        Assert.Equal(1, (await ada.GetAsync("/api/v1/announcements")).Ok().Json.EnumerateArray().Single(a => a.GetProperty("id").GetString() == made["id"]).GetProperty("reactions").EnumerateArray().First(r => r.GetProperty("name").GetString() == "👍").GetProperty("count").GetInt32());

        (await admin.DeleteAsync($"/api/social/announcements/{made["id"]}/publication")).Ok();
        Assert.DoesNotContain(made["id"], await ada.IdsAsync("/api/v1/announcements"));
        (await admin.DeleteAsync($"/api/social/announcements/{made["id"]}")).Ok();
    }

    [Fact]
    public async Task Administrators_do_all_of_it_by_forms_and_nobody_else_finds_the_pages()
    {
        var (admin, ada) = (await house.PersonAsync("admin", Role.Administrator), await house.PersonAsync("ada"));
        foreach (var path in (string[])["/social/admin/emoji", "/social/admin/announcements"])
        {
            (await admin.PageAsync(path)).Ok();
            (await ada.PageAsync(path)).Is(HttpStatusCode.NotFound);
        }

        using var form = Form("form_" + ada.Handle, "Signs");
        (await admin.SendAsync(HttpMethod.Post, "/social/admin/emoji", form, [("Sec-Fetch-Site", "same-origin"), ("Accept", "text/html")])).Is(HttpStatusCode.SeeOther);
        Assert.Contains("form_" + ada.Handle, (await admin.PageAsync("/social/admin/emoji")).Ok().Body, StringComparison.Ordinal);
        using var wrong = Form("!", null);
        (await admin.SendAsync(HttpMethod.Post, "/social/admin/emoji", wrong, [("Sec-Fetch-Site", "same-origin"), ("Accept", "text/html")])).Is(HttpStatusCode.UnprocessableEntity);
        (await admin.FormAsync("/social/admin/announcements", ("text", $"By form for {ada.Handle}"), ("starts_at", "2030-01-02T10:00"), ("ends_at", "2030-01-01T10:00"))).Is(HttpStatusCode.UnprocessableEntity);
        (await admin.FormAsync("/social/admin/announcements", ("text", $"By form for {ada.Handle}"), ("publish", "true"))).Is(HttpStatusCode.SeeOther);
        var shown = (await ada.GetAsync("/api/v1/announcements")).Ok().Json.EnumerateArray().Single(a => a.GetProperty("content").GetString()!.Contains($"By form for {ada.Handle}", StringComparison.Ordinal));
        (await admin.FormAsync($"/social/admin/announcements/{shown.GetProperty("id").GetString()}", ("act", "delete"))).Is(HttpStatusCode.SeeOther);
        Assert.DoesNotContain(shown.GetProperty("id").GetString(), await ada.IdsAsync("/api/v1/announcements"));
    }

    private static MultipartFormDataContent Form(string code, string? category)
    {
        using var picture = Image.Black(32, 32, bands: 3);
        var form = new MultipartFormDataContent { { new StringContent(code), "shortcode" }, { new ByteArrayContent(picture.PngsaveBuffer()), "image", "cat.png" } };
        if (category is not null) form.Add(new StringContent(category), "category");
        return form;
    }

    private static async Task<Answer> AddAsync(Person person, string code, string? category)
    {
        using var form = Form(code, category);
        return await person.SendAsync(HttpMethod.Post, "/api/social/emoji", form, []);
    }
}
