using System.Security.Cryptography;
using System.Text;
using Atrium.Kernel.Files;

namespace Atrium.Kernel.Tests.Files;

public sealed class FolderBlobStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atrium-files").FullName;
    private readonly FolderBlobStore _store;

    public FolderBlobStoreTests() => _store = new(_folder);

    [Fact]
    public async Task What_is_put_is_named_by_its_bytes_and_opens_whole_or_in_part()
    {
        var bytes = RandomNumberGenerator.GetBytes(300_000);
        var info = await _store.PutAsync(new MemoryStream(bytes), 1_000_000);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), info.Hash);
        Assert.Equal(bytes.Length, info.Length);
        Assert.Equal(bytes, await ReadAsync(await _store.OpenAsync(info.Hash)));
        Assert.Equal(bytes[1000..1500], await ReadAsync(await _store.OpenAsync(info.Hash, new(1000, 500))));
        Assert.True(File.Exists(Path.Combine(_folder, "blobs", info.Hash[..2], info.Hash[2..4], info.Hash)));
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder, "incoming")));
    }

    [Fact]
    public async Task The_same_bytes_lie_there_once_also_when_many_put_them_at_once()
    {
        var bytes = RandomNumberGenerator.GetBytes(100_000);
        var infos = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => _store.PutAsync(new MemoryStream(bytes), 1_000_000))));
        Assert.Single(infos.Distinct());
        var listed = new List<StoredBlob>();
        await foreach (var blob in _store.ListAsync()) listed.Add(blob);
        Assert.Equal(infos[0].Hash, Assert.Single(listed).Hash);
    }

    [Fact]
    public async Task Too_much_or_a_broken_upload_leaves_nothing_behind()
    {
        var refusal = await Assert.ThrowsAsync<Refusal>(() => _store.PutAsync(new MemoryStream(new byte[1001]), 1000));
        Assert.Equal(RefusalKind.TooLarge, refusal.Kind);
        await Assert.ThrowsAsync<IOException>(() => _store.PutAsync(new BrokenStream(), 1_000_000));
        Assert.Empty(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Removing_takes_what_was_derived_along()
    {
        var info = await _store.PutAsync(new MemoryStream("x"u8.ToArray()), 10);
        await _store.PutDerivedAsync(info.Hash, "w320.webp", "small"u8.ToArray());
        Assert.Equal("small"u8.ToArray(), await ReadAsync(await _store.OpenDerivedAsync(info.Hash, "w320.webp")));
        await _store.DeleteAsync(info.Hash);
        Assert.False(await _store.ExistsAsync(info.Hash));
        Assert.Null(await _store.OpenAsync(info.Hash));
        Assert.Null(await _store.OpenDerivedAsync(info.Hash, "w320.webp"));
        await _store.DeleteAsync(info.Hash);
    }

    [Theory]
    [InlineData("../../../../etc/passwd")]
    [InlineData("")]
    [InlineData("ABCDEF")]
    public async Task A_name_that_is_no_hash_reaches_nothing(string hash) => await Assert.ThrowsAsync<ArgumentException>(() => _store.OpenAsync(hash));

    [Fact]
    public async Task A_form_cannot_climb_out() =>
        await Assert.ThrowsAsync<ArgumentException>(() => _store.PutDerivedAsync(new string('a', 64), "../x", new byte[1]));

    [Theory]
    [InlineData("hello world", "text/plain")]
    [InlineData("<svg xmlns='x' onload='alert(1)'/>", "image/svg+xml")]
    [InlineData("<?xml version='1.0'?><!-- x --><svg/>", "image/svg+xml")]
    [InlineData("\uFEFF  <!DOCTYPE HTML><p>", "text/html")]
    [InlineData("<script>x</script>", "text/html")]
    [InlineData("<?xml version='1.0'?><a/>", "application/xml")]
    [InlineData("%PDF-1.7", "application/pdf")]
    [InlineData("GIF89a", "image/gif")]
    [InlineData("BEGIN:VCALENDAR\r\n", "text/calendar")]
    [InlineData("a\0b", "application/octet-stream")]
    [InlineData("", "application/octet-stream")]
    public async Task The_kind_is_told_by_the_bytes(string text, string type) =>
        Assert.Equal(type, (await _store.PutAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), 1000)).ContentType);

    [Theory]
    [InlineData("FFD8FFE0", "image/jpeg")]
    [InlineData("89504E470D0A1A0A", "image/png")]
    [InlineData("524946460000000057454250", "image/webp")]
    [InlineData("0000001C6674797061766966", "image/avif")]
    [InlineData("000000186674797068656963", "image/heic")]
    [InlineData("00000020667479704D344120", "audio/mp4")]
    [InlineData("000000206674797069736F6D", "video/mp4")]
    [InlineData("494433040000", "audio/mpeg")]
    [InlineData("FFFB9064", "audio/mpeg")]
    [InlineData("FFF15080", "audio/aac")]
    [InlineData("664C6143", "audio/flac")]
    [InlineData("4F67675300", "audio/ogg")]
    [InlineData("1A45DFA3934282847765626D", "video/webm")]
    [InlineData("504B0304", "application/zip")]
    [InlineData("504B0304776F72642F", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    public void Magic_numbers(string hex, string type) => Assert.Equal(type, FileKind.Sniff(Convert.FromHexString(hex)));

    [Fact]
    public void What_could_carry_a_script_is_never_shown_in_place() =>
        Assert.DoesNotContain(true, new[] { "image/svg+xml", "text/html", "application/xml", "application/pdf", "application/xhtml+xml", "application/octet-stream" }.Select(FileKind.IsInline));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<byte[]> ReadAsync(Stream? stream)
    {
        Assert.NotNull(stream);
        await using (stream)
        {
            var copy = new MemoryStream();
            await stream.CopyToAsync(copy);
            return copy.ToArray();
        }
    }

    private sealed class BrokenStream : MemoryStream
    {
        private bool _once;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_once) throw new IOException("The line is dead.");
            _once = true;
            return new(buffer.Length);
        }
    }
}
