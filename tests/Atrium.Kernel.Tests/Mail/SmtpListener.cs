using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Atrium.Kernel.Tests.Mail;

/// <summary>Enough of an SMTP server (RFC 5321) to receive: refuses <c>never@…</c> for good and <c>later@…</c> for now.</summary>
internal sealed class SmtpListener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly StringBuilder _received = new();
    private readonly Task _loop;

    public SmtpListener()
    {
        _listener.Start();
        _loop = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Received => _received.ToString();

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _loop;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await TalkAsync(client.GetStream());
            }
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1);
        await using var writer = new StreamWriter(stream, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 test");
        var data = false;
        while (await reader.ReadLineAsync() is { } line)
        {
            _received.AppendLine(line);
            if (data)
            {
                if (line != ".") continue;
                data = false;
                await writer.WriteLineAsync("250 taken");
            }
            else if (line == "DATA")
            {
                data = true;
                await writer.WriteLineAsync("354 go on");
            }
            else if (line == "QUIT")
            {
                await writer.WriteLineAsync("221 bye");
                return;
            }
            else await writer.WriteLineAsync(line.Contains("never@", StringComparison.Ordinal) ? "550 no such person" : line.Contains("later@", StringComparison.Ordinal) ? "451 not now" : "250 ok");
        }
    }
}
