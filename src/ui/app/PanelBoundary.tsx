import { Component, type ReactNode } from 'react';
import { Banner } from '../widgets/Banner';
import { Button } from '../widgets/Button';

interface PanelBoundaryProps {
  title: string;
  retry: string;
  children: ReactNode;
}

/** Keeps the failure of one panel from taking the page along. */
export class PanelBoundary extends Component<PanelBoundaryProps, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error === null ? this.props.children : (
      <Banner tone="bad" title={this.props.title} actions={<Button onClick={() => this.setState({ error: null })}>{this.props.retry}</Button>}>
        {error.message}
      </Banner>
    );
  }
}
