using System.Data.Common;
using System.Text.Json;
using Atrium.Bench.Social;
using Atrium.Bench.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Atrium.Bench;

/// <summary>
/// The raw floor: a minimal API with hand-written SQL on the same database, without sign-in, permissions, history, events or
/// search. What the house costs above it is the price of being a house.
/// </summary>
internal sealed class Floor(WebApplication app, string url) : IAsyncDisposable
{
    public HttpClient Http { get; } = new(new SocketsHttpHandler { PooledConnectionLifetime = Timeout.InfiniteTimeSpan }) { BaseAddress = new(url) };

    public static async Task<Floor> StartAsync(BenchHouse house, CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        TaskFloor.Map(app, house);
        SocialFloor.Map(app, house);
        await app.StartAsync(ct);
        return new(app, app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>Writes each row as a JSON object of its columns, and the rows as an array.</summary>
    public static async Task WriteRowsAsync(HttpResponse response, DbCommand command, CancellationToken ct)
    {
        response.ContentType = "application/json";
        await using var reader = await command.ExecuteReaderAsync(ct);
        await using var json = new Utf8JsonWriter(response.BodyWriter);
        json.WriteStartArray();
        while (await reader.ReadAsync(ct))
        {
            json.WriteStartObject();
            for (var i = 0; i < reader.FieldCount; i++)
            {
                json.WritePropertyName(reader.GetName(i));
                if (await reader.IsDBNullAsync(i, ct)) json.WriteNullValue();
                else if (reader.GetValue(i) is long number) json.WriteNumberValue(number);
                else json.WriteStringValue(reader.GetValue(i).ToString());
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        await json.FlushAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
    }
}
