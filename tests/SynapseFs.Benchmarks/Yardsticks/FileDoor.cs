using System.Globalization;
using System.Net;
using System.Text;

namespace SynapseFs.Benchmarks.Yardsticks;

/// <summary>
/// One file of the embedded server as rclone's http remote wants it: a page that names it, its length for the asking, and for its bytes a
/// redirection to a pre-signed address. So the bytes come from the same server, shaped alike; the address is fetched beforehand, which spares
/// rclone the call that a mount of Synapse pays.
/// </summary>
internal sealed class FileDoor : IAsyncDisposable
{
    // Addresses live for 30 seconds.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(8);

    private readonly HttpListener _listener = new();
    private readonly CancellationTokenSource _end = new();
    private readonly long _length;
    private Task _work = Task.CompletedTask;
    private string _address = "";

    private FileDoor(long length, int port)
    {
        _length = length;
        Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/");
        _listener.Prefixes.Add(Url);
    }

    public string Url { get; }

    /// <param name="length">Of the file, bytes.</param>
    /// <param name="port">A free one on loopback.</param>
    /// <param name="address">Fetches an address of the file.</param>
    public static async Task<FileDoor> OpenAsync(long length, int port, Func<Task<string>> address)
    {
        var door = new FileDoor(length, port) { _address = await address() };
        door._listener.Start();
        door._work = Task.WhenAll(door.AnswerAsync(), door.RenewAsync(address));
        return door;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Close();
        await _work;
        _end.Dispose();
    }

    private async Task RenewAsync(Func<Task<string>> address)
    {
        using var timer = new PeriodicTimer(Fresh);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
                _address = await address();
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task AnswerAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                Answer(await _listener.GetContextAsync());
            }
            catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException)
            {
            }
        }
    }

    private void Answer(HttpListenerContext http)
    {
        using var response = http.Response;
        if (http.Request.Url!.AbsolutePath == "/")
        {
            response.ContentType = "text/html";
            response.OutputStream.Write(Encoding.UTF8.GetBytes("<html><body><a href=\"big\">big</a></body></html>"));
        }
        else if (http.Request.HttpMethod == "HEAD")
        {
            response.ContentLength64 = _length;
            response.Headers["Accept-Ranges"] = "bytes";
            response.Headers["Last-Modified"] = DateTime.UnixEpoch.ToString("R", CultureInfo.InvariantCulture);
        }
        else
        {
            response.Redirect(_address);
        }
    }
}
