using System.Net;
using System.Net.Http.Headers;

namespace SynapseFs.Client.Downloads;

/// <summary>What a storage's answer to a request for bytes really holds.</summary>
/// <param name="Skip">Bytes to throw away at its beginning, because the storage does not know ranges.</param>
/// <param name="Total">Length of the whole content, if told.</param>
internal readonly record struct RangeAnswer(long Skip, long? Total)
{
    /// <summary>From servers without ranges this much may be read for nothing, at most.</summary>
    public const long LongestSkip = 64L << 20;

    /// <param name="position">The first byte asked for.</param>
    /// <param name="end">Behind the last byte asked for; null: to the end.</param>
    /// <exception cref="IOException">The answer contradicts itself or the request; another try may be answered better.</exception>
    /// <exception cref="SynapseException">The server cannot serve this part of the content.</exception>
    public static RangeAnswer Read(HttpStatusCode status, HttpContentHeaders headers, long position, long? end)
    {
        if (status == HttpStatusCode.OK)
            return position <= LongestSkip
                // A whole answer may have been cut short by something between, length and all; if an end is known, that one counts.
                ? new RangeAnswer(position, end is null ? headers.ContentLength : null)
                : throw new SynapseException(SynapseFailure.NotSupported,
                    "The server that holds the content cannot send parts of it; read it from the beginning.", (int)status);
        if (status != HttpStatusCode.PartialContent)
            throw new IOException($"the storage answered {(int)status}");
        if (headers.ContentRange is not { Unit: "bytes", From: { } from, To: { } to } range || from != position || to < from
            || (end is { } limit && to >= limit))
            throw new IOException("the storage sent another range than asked for");
        if (headers.ContentLength is { } length && length != to - from + 1)
            throw new IOException("the storage's length does not fit its range");
        return new RangeAnswer(0, range.Length);
    }
}
