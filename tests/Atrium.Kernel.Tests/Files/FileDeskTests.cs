using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Atrium.Kernel.Data;
using Atrium.Kernel.Files;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NetVips;

namespace Atrium.Kernel.Tests.Files;

/// <summary>Files over HTTP and in the database of a running house, with a clock a test can move.</summary>
public sealed class FileDeskTests(FileDeskTests.ClockedHouse house) : IClassFixture<FileDeskTests.ClockedHouse>
{
    public sealed class ClockedHouse : TestHouse
    {
        public FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

        protected override TimeProvider Clock => Time;

        protected override bool WorkersRun => false;
    }

    [Fact]
    public async Task An_upload_is_its_owners_alone_until_something_shows_it()
    {
        var (ada, ben) = (Someone("ada"), Someone("ben"));
        var file = await UploadAsync(ada, "../notes x.txt", Unique("hello"));
        Assert.Equal("text/plain", file.ContentType);
        Assert.Equal("notes x.txt", file.FileName);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(ada, file.Url));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(ben, file.Url));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(house.Stranger(), file.Url));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(ben, $"/api/files/{file.Id}"));

        await DeskAsync(d => d.AttachAsync(file.Id, Audience.Members, ada.Id, CancellationToken.None));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(ben, file.Url));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(house.Stranger(), file.Url));
        await DeskAsync(async d => { await d.ShowToAsync([file.Id], Audience.Public, CancellationToken.None); return true; });
        using var answer = await house.Stranger().Http.GetAsync(file.Url);
        Assert.Equal("public, max-age=31536000, immutable", answer.Headers.GetValues("Cache-Control").Single());
        Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_attaches_what_is_not_theirs()
    {
        var file = await UploadAsync(Someone("ada"), "a.txt", Unique("mine"));
        Assert.Equal("no_such_file", (await Assert.ThrowsAsync<Refusal>(() => DeskAsync(d => d.AttachAsync(file.Id, Audience.Public, Someone("eve").Id, CancellationToken.None)))).Code);
    }

    [Fact]
    public async Task A_picture_comes_in_clean_and_goes_out_in_the_width_asked_for()
    {
        var ada = Someone("ada");
        using var image = Image.Black(800, 400).Linear([1.0], [90.0 + Random.Shared.Next(60)]).Cast(Enums.BandFormat.Uchar).Bandjoin(10, 20).Copy(interpretation: Enums.Interpretation.Srgb);
        var file = await UploadAsync(ada, "holiday.jpeg", image.JpegsaveBuffer());
        Assert.Equal(("holiday.jpg", 800, 400), (file.FileName, file.Width, file.Height));
        Assert.NotNull(file.Blurhash);
        Assert.Matches("^#[0-9a-f]{6}$", file.Colour);

        using var small = Image.NewFromBuffer(await ada.Http.GetByteArrayAsync(file.Url + "?w=300"));
        Assert.Equal(320, small.Width);
        using var again = await ada.Http.GetAsync(file.Url + "?w=320");
        Assert.Equal("image/webp", again.Content.Headers.ContentType!.MediaType);
        using var whole = await ada.Http.GetAsync(file.Url + "?w=5000");
        Assert.Equal("image/jpeg", whole.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Html_called_a_picture_is_a_download_in_a_sandbox()
    {
        var ada = Someone("ada");
        var file = await UploadAsync(ada, "cat.png", Unique("<html><script>alert(1)</script>"));
        Assert.Equal("text/html", file.ContentType);
        using var answer = await ada.Http.GetAsync(file.Url);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
    }

    [Fact]
    public async Task What_cannot_be_taken_is_refused_by_name()
    {
        var ada = Someone("ada");
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(house.Stranger(), "a.txt", "x"u8.ToArray())).StatusCode);
        Assert.Contains("empty_file", await (await PostAsync(ada, "a.txt", [])).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("unreadable_picture", await (await PostAsync(ada, "a.png", [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3])).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sweep_takes_what_nobody_holds_and_nothing_else()
    {
        var ada = Someone("ada");
        var shared = Unique("the same bytes");
        var (kept, twin) = (await UploadAsync(ada, "kept.txt", shared), await UploadAsync(ada, "twin.txt", shared));
        var loose = await UploadAsync(ada, "loose.txt", Unique("loose"));
        var released = await UploadAsync(ada, "released.txt", Unique("released"));
        await DeskAsync(d => d.AttachAsync(kept.Id, Audience.Members, ada.Id, CancellationToken.None));
        await DeskAsync(d => d.AttachAsync(released.Id, Audience.Members, ada.Id, CancellationToken.None));
        var store = house.Services.GetRequiredService<IBlobStore>();
        var orphan = await store.PutAsync(new MemoryStream(Unique("no row at all")), 1000);
        var hashes = await house.InScopeAsync(async sp => await sp.GetRequiredService<KernelDb>().Files.ToDictionaryAsync(f => f.Id, f => f.Hash));

        await SweepAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(ada, loose.Url));
        Assert.True(await store.ExistsAsync(orphan.Hash));

        Later(store, hashes.Values.Append(orphan.Hash));
        await DeskAsync(async d => { await d.ReleaseAsync(released.Id, CancellationToken.None); return true; });
        await SweepAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(ada, kept.Url));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(ada, released.Url));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(ada, twin.Url));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(ada, loose.Url));
        Assert.False(await store.ExistsAsync(hashes[loose.Id]));
        Assert.False(await store.ExistsAsync(orphan.Hash));
        Assert.True(await store.ExistsAsync(hashes[kept.Id]));

        house.Time.Advance(TimeSpan.FromHours(25));
        await SweepAsync();
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(ada, released.Url));
        Assert.False(await house.InScopeAsync(async sp => await sp.GetRequiredService<KernelDb>().Blobs.AnyAsync(b => b.Refs <= 0)));
    }

    [Fact]
    public async Task Bytes_that_were_swept_can_come_again_also_when_the_sweep_was_cut_short()
    {
        var ada = Someone("ada");
        var bytes = Unique("again");
        var first = await UploadAsync(ada, "a.txt", bytes);
        await DeskAsync(async d => { await d.DropAsync(first.Id, CancellationToken.None); return true; });
        await house.InScopeAsync(async sp => await sp.GetRequiredService<KernelDb>().Blobs.Where(b => b.Refs == 0).ExecuteUpdateAsync(s => s.SetProperty(b => b.Refs, BlobRow.Doomed)));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await PostAsync(ada, "a.txt", bytes)).StatusCode);
        await SweepAsync();
        var second = await UploadAsync(ada, "a.txt", bytes);
        Assert.Equal(bytes, await ada.Http.GetByteArrayAsync(second.Url));
    }

    private Person Someone(string name) => new(house, Id<Member>.New(), name, Role.Member, "Europe/Berlin", "en-GB");

    private static byte[] Unique(string text) => Encoding.UTF8.GetBytes($"{text} {RandomKey.New()}");

    private static async Task<HttpStatusCode> StatusAsync(Caller caller, string path)
    {
        using var answer = await caller.Http.GetAsync(path);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> PostAsync(Caller caller, string name, byte[] bytes)
    {
        var part = new ByteArrayContent(bytes);
        part.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        return await caller.Http.PostAsync("/api/files", new MultipartFormDataContent { { part, "file", name } });
    }

    private static async Task<FileView> UploadAsync(Caller caller, string name, byte[] bytes)
    {
        using var answer = await PostAsync(caller, name, bytes);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
        return System.Text.Json.JsonSerializer.Deserialize<FileView>(text, Http.ApiJson.Options)!;
    }

    private Task<T> DeskAsync<T>(Func<FileDesk, Task<T>> work) => house.InScopeAsync(sp => work(sp.GetRequiredService<FileDesk>()));

    private Task<bool> SweepAsync() => house.InScopeAsync(async sp =>
    {
        await ActivatorUtilities.CreateInstance<SweepFiles>(sp).RunAsync(CancellationToken.None);
        return true;
    });

    /// <summary>A day passes, for the clock and for the bytes on the disk.</summary>
    private void Later(IBlobStore store, IEnumerable<string> hashes)
    {
        Assert.IsType<FolderBlobStore>(store);
        house.Time.Advance(TimeSpan.FromHours(25));
        foreach (var hash in hashes.Distinct())
        {
            var path = Path.Combine(house.DataFolder, "files", "blobs", hash[..2], hash[2..4], hash);
            if (File.Exists(path)) File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-25));
        }
    }
}
