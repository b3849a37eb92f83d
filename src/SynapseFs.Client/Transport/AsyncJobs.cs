using System.Text.Json.Serialization.Metadata;
using SynapseFs.Api;

namespace SynapseFs.Client.Transport;

/// <summary>
/// The service's work that takes longer than a call: started with one, then asked for with ever longer pauses until it is done. 202
/// means that it is under way, any other success is the answer.
/// </summary>
internal sealed class AsyncJobs(ApiTransport transport, TimeProvider time)
{
    private const int UnderWay = 202;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(4);

    /// <summary>The service itself begins a table anew that was under way for ten minutes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    /// <param name="route">The path's shape up to <c>/async</c>, for logs.</param>
    /// <param name="path">The path up to <c>/async</c>.</param>
    /// <exception cref="SynapseException">As the work itself failed; Unavailable when it is not done after twenty minutes.</exception>
    public async Task<TAnswer> RunAsync<TRequest, TAnswer>(
        string route, string path, (TRequest Body, JsonTypeInfo<TRequest> Type) request, JsonTypeInfo<TAnswer> answer,
        RequestPriority priority, CancellationToken cancellationToken)
        where TAnswer : class
    {
        var start = new ApiCall(HttpMethod.Post, SynapseService.Repo, route + "/async/start", path + "/async/start", priority)
            .With(request.Body, request.Type);
        var job = await transport.SendAsync(start, AsyncJobJson.Default.AsyncJobId, cancellationToken);
        var get = ApiCall.Get(
            SynapseService.Repo, route + "/async/get/{token}", $"{path}/async/get/{Uri.EscapeDataString(job.Token ?? "")}", priority);
        var begun = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            await Task.Delay(pause, time, cancellationToken);
            var told = await transport.SendAsync(get, cancellationToken);
            if (told.Status != UnderWay)
                return ApiTransport.Read(get, told, answer);
            if (time.GetElapsedTime(begun) > Patience)
                throw new SynapseException(SynapseFailure.Unavailable, $"Synapse has not finished {route} after {Patience.TotalMinutes} minutes.");
        }
    }
}
