using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CallMyWay.LocalHost.Sqlite;

/// <summary>
/// Who holds which messages of one queue, as this process knows it, which alone has the file. While the disk hangs no
/// claim can be renewed in the file, and its time there runs out; but whoever holds the message is alive and at work.
/// </summary>
internal sealed class QueueClaims
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, Claim> _claims = [];

    /// <summary>
    /// Notes a claim whose holder has not heard of it yet, unless the message is held by another: then that one is
    /// returned, and until when it holds it. That is null while the holder waits for an answer of the writer.
    /// </summary>
    public (long Receipt, long? Until)? Take(long id, long receipt, long now)
    {
        lock (_gate)
        {
            ref var claim = ref CollectionsMarshal.GetValueRefOrAddDefault(_claims, id, out var isKnown);
            if (isKnown && (claim.Asking > 0 || claim.Until > now))
            {
                return (claim.Receipt, claim.Asking > 0 ? null : claim.Until);
            }

            claim = new Claim { Receipt = receipt, Asking = 1 };
            return null;
        }
    }

    /// <summary>The holder asks the writer for something. Its time does not run while it waits for the answer.</summary>
    public void Ask(long id, long receipt)
    {
        lock (_gate)
        {
            ref var claim = ref Find(id, receipt);
            if (!IsNone(ref claim))
            {
                claim.Asking++;
            }
        }
    }

    /// <summary>The holder has its answer, and holds the message until then.</summary>
    public void Answered(long id, long receipt, long until)
    {
        lock (_gate)
        {
            ref var claim = ref Find(id, receipt);
            if (!IsNone(ref claim))
            {
                claim.Asking--;
                claim.Until = until;
            }
        }
    }

    /// <summary>The message is done with or given back, or it is not known what became of it: its row tells.</summary>
    public void Remove(long id, long receipt)
    {
        lock (_gate)
        {
            if (!IsNone(ref Find(id, receipt)))
            {
                _claims.Remove(id);
            }
        }
    }

    /// <summary>The message may have another holder meanwhile, who has another receipt.</summary>
    private ref Claim Find(long id, long receipt)
    {
        ref var claim = ref CollectionsMarshal.GetValueRefOrNullRef(_claims, id);
        return ref IsNone(ref claim) || claim.Receipt == receipt
            ? ref claim
            : ref Unsafe.NullRef<Claim>();
    }

    private static bool IsNone(ref Claim claim) => Unsafe.IsNullRef(ref claim);

    [StructLayout(LayoutKind.Auto)]
    private struct Claim
    {
        public long Receipt;

        public long Until;

        /// <summary>How many answers of the writer the holder waits for.</summary>
        public int Asking;
    }
}
