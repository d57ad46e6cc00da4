using System.Diagnostics;
using System.Net.Http.Headers;

namespace Atrium.Tests;

/// <summary>One life of a house's process. Its end is sudden unless the process ended by itself.</summary>
public sealed class Life(Process process, string url) : IAsyncDisposable
{
    public string Url { get; } = url;

    /// <summary>A program that calls with a token.</summary>
    public HttpClient Caller(string token)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new(Url) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        Assert.False(process.HasExited, "The house died of itself.");
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
