using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SynapseFs.Client.Transport;

/// <summary>One call of the service, before it is sent.</summary>
internal sealed record ApiCall(HttpMethod Method, SynapseService Service, string Route, string Path, RequestPriority Priority)
{
    /// <summary>
    /// Makes the body at the moment the first try may start, so that a batch takes in whatever came up while it waited. Null from
    /// it: nothing is left to ask, nothing is sent.
    /// </summary>
    public Func<byte[]?>? Body { get; init; }

    public bool HasBody => Body is not null;

    /// <summary>The service would do it a second time and nothing could tell: a lost answer ends the call instead of repeating it.</summary>
    public bool IsOnce { get; init; }

    /// <param name="path">The path behind the service's base, escaped, without a query; also what people see in errors.</param>
    public static ApiCall Get(SynapseService service, string route, string path, RequestPriority priority) =>
        new(HttpMethod.Get, service, route, path, priority);

    public ApiCall With<T>(T body, JsonTypeInfo<T> type)
    {
        // All non-ASCII becomes \uXXXX: the service cuts bodies into slices of 1,024 bytes and breaks characters that lie across.
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, type);
        return this with { Body = () => bytes };
    }
}
