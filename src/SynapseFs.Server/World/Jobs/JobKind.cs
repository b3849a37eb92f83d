using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SynapseFs.Server.Errors;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.World.Jobs;

/// <summary>What the runner must know of a kind of job.</summary>
internal abstract class JobKind(string concreteType)
{
    /// <summary>The <c>concreteType</c> of the request.</summary>
    public string ConcreteType { get; } = concreteType;

    /// <summary>
    /// Does the work; what it returns is run in one transaction with the job's completion and yields the response's JSON.
    /// </summary>
    public abstract Task<Func<string>> RunAsync(JobContext job, string request);

    /// <summary>Refuses at the start what the service refuses there.</summary>
    public abstract void Check(Caller caller, string request);
}

/// <summary>
/// A kind of job. <paramref name="run"/> prepares outside of any transaction (reading, computing, writing files) and returns the last
/// step, which alone changes the world: it is done together with the job's completion, so a job that the death of the process
/// interrupts is done again from the beginning and takes effect once.
/// </summary>
internal sealed class JobKind<TRequest, TResponse>(
    string concreteType,
    JsonTypeInfo<TRequest> requestType,
    JsonTypeInfo<TResponse> responseType,
    Func<JobContext, TRequest, Task<Func<TResponse>>> run,
    Action<Caller, TRequest>? check = null) : JobKind(concreteType)
    where TRequest : class
{
    public JsonTypeInfo<TRequest> RequestType { get; } = requestType;
    public JsonTypeInfo<TResponse> ResponseType { get; } = responseType;

    public override async Task<Func<string>> RunAsync(JobContext job, string request)
    {
        var last = await run(job, Parse(request));
        return () => JsonSerializer.Serialize(last(), ResponseType);
    }

    public override void Check(Caller caller, string request)
    {
        var parsed = Parse(request);
        check?.Invoke(caller, parsed);
    }

    private TRequest Parse(string request)
    {
        try
        {
            return JsonSerializer.Deserialize(request, RequestType) ?? throw ServiceException.BadRequest("The request body is empty.");
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException)
        {
            throw ServiceException.BadRequest($"The request body cannot be read: {wrong.Message}");
        }
    }
}
